// SPDX-License-Identifier: Apache-2.0
//
// The parts of the gRPC C core that Swift cannot import by itself: macros become inline functions.
#ifndef MEGARAPTOR_CGRPC_SHIM_H
#define MEGARAPTOR_CGRPC_SHIM_H

// First, so that the system's types look as in every other module: gRPC's headers define _GNU_SOURCE, which would give
// `fd_set` other member names and make this module clash with Dispatch.
#include <sys/types.h>

#include <grpc/byte_buffer.h>
#include <grpc/byte_buffer_reader.h>
#include <grpc/grpc.h>
#include <grpc/grpc_security.h>
#include <grpc/slice.h>
#include <grpc/support/alloc.h>
#include <grpc/support/log.h>
#include <grpc/support/time.h>

static inline const uint8_t *mr_grpc_slice_start(const grpc_slice *slice) { return GRPC_SLICE_START_PTR(*slice); }
static inline size_t mr_grpc_slice_length(const grpc_slice *slice) { return GRPC_SLICE_LENGTH(*slice); }
static inline uint32_t mr_grpc_propagate_defaults(void) { return GRPC_PROPAGATE_DEFAULTS; }

#endif
