// libffi as Swift sees it. Types that libffi declares as variables are taken through functions: Swift cannot point at
// a C variable, and a call interface keeps pointers to them.
// SPDX-License-Identifier: Apache-2.0
#ifndef MEGARAPTOR_CFFI_SHIM_H
#define MEGARAPTOR_CFFI_SHIM_H

#include <ffi.h>

static inline ffi_type *mr_ffi_void(void) { return &ffi_type_void; }
static inline ffi_type *mr_ffi_uint8(void) { return &ffi_type_uint8; }
static inline ffi_type *mr_ffi_sint8(void) { return &ffi_type_sint8; }
static inline ffi_type *mr_ffi_uint16(void) { return &ffi_type_uint16; }
static inline ffi_type *mr_ffi_sint16(void) { return &ffi_type_sint16; }
static inline ffi_type *mr_ffi_uint32(void) { return &ffi_type_uint32; }
static inline ffi_type *mr_ffi_sint32(void) { return &ffi_type_sint32; }
static inline ffi_type *mr_ffi_uint64(void) { return &ffi_type_uint64; }
static inline ffi_type *mr_ffi_sint64(void) { return &ffi_type_sint64; }
static inline ffi_type *mr_ffi_double(void) { return &ffi_type_double; }
static inline ffi_type *mr_ffi_pointer(void) { return &ffi_type_pointer; }

#endif
