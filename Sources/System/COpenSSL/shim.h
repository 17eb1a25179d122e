// OpenSSL 3 as Swift sees it. Function-like macros that are needed become inline functions here.
// SPDX-License-Identifier: Apache-2.0
#ifndef MEGARAPTOR_COPENSSL_SHIM_H
#define MEGARAPTOR_COPENSSL_SHIM_H

#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

static inline long mr_bio_get_mem_data(BIO *bio, char **data) { return BIO_get_mem_data(bio, data); }

// Older versions of TLS are refused, as by the Go library.
static inline int mr_ssl_require_tls12(SSL_CTX *context) {
    return (int)SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
}

// The chain behind a server's certificate; the context takes a reference of its own.
static inline long mr_ssl_add_chain_certificate(SSL_CTX *context, X509 *certificate) {
    return SSL_CTX_add1_chain_cert(context, certificate);
}

// Keys.
static inline EVP_PKEY *mr_rsa_generate(unsigned int bits) { return EVP_RSA_gen(bits); }

// How a name is printed: RFC 2253, with letters beyond ASCII as they are.
static const unsigned long mr_name_flags = XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB;

// Subject alternative names: a typed stack, which exists only as macros.
static inline int mr_general_names_count(const GENERAL_NAMES *names) { return sk_GENERAL_NAME_num(names); }
static inline GENERAL_NAME *mr_general_names_at(const GENERAL_NAMES *names, int index) {
    return sk_GENERAL_NAME_value(names, index);
}
static inline int mr_general_names_push(GENERAL_NAMES *names, GENERAL_NAME *name) {
    return sk_GENERAL_NAME_push(names, name);
}

#endif
