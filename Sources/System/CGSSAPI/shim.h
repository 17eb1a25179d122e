// SPDX-License-Identifier: Apache-2.0
//
// GSSAPI as Swift sees it. Mechanisms and kinds of names are variables or macros there; here they are functions.
#ifndef MEGARAPTOR_CGSSAPI_SHIM_H
#define MEGARAPTOR_CGSSAPI_SHIM_H

#include <gssapi/gssapi.h>
#include <gssapi/gssapi_ext.h>
#include <gssapi/gssapi_krb5.h>

static inline gss_OID mr_gss_user_name(void) { return GSS_C_NT_USER_NAME; }
static inline gss_OID mr_gss_host_service(void) { return GSS_C_NT_HOSTBASED_SERVICE; }

/// 1.2.840.113554.1.2.2
static inline gss_OID mr_gss_kerberos(void) { return (gss_OID)gss_mech_krb5; }

/// 1.3.6.1.4.1.311.2.2.10, which gss-ntlmssp brings.
static inline gss_OID mr_gss_ntlm(void) {
    static gss_OID_desc ntlm = {10, (void *)"\x2b\x06\x01\x04\x01\x82\x37\x02\x02\x0a"};
    return &ntlm;
}

static inline int mr_gss_is_error(OM_uint32 major) { return GSS_ERROR(major) != 0; }
static inline int mr_gss_goes_on(OM_uint32 major) { return (major & GSS_S_CONTINUE_NEEDED) != 0; }
static inline int mr_gss_kind_of_whole(void) { return GSS_C_GSS_CODE; }
static inline int mr_gss_kind_of_mechanism(void) { return GSS_C_MECH_CODE; }
static inline OM_uint32 mr_gss_mutual(void) { return GSS_C_MUTUAL_FLAG; }

#endif
