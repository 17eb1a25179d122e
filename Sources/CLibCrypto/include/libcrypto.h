// SPDX-License-Identifier: Apache-2.0
//
// The few functions of OpenSSL's libcrypto that the host needs.
//
// The library is opened at the first of these calls: linking it would cost every start a good millisecond, and most
// processes never seal, sign or hash anything. All functions may be called on any thread.

#ifndef MEGARAPTOR_LIBCRYPTO_H
#define MEGARAPTOR_LIBCRYPTO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Whether libcrypto can be used. Every other function fails where it cannot.
bool mr_crypto_is_available(void);

/// A running SHA-256; NULL where none can be made. Ended by mr_sha256_finish, which also frees it.
void *mr_sha256_start(void);
bool mr_sha256_update(void *context, const uint8_t *bytes, size_t count);
bool mr_sha256_finish(void *context, uint8_t digest[32]);

/// SHA-1, for names that others make of it and for nothing else.
bool mr_sha1(const uint8_t *bytes, size_t count, uint8_t digest[20]);

bool mr_hmac_sha256(const uint8_t *key, size_t key_count, const uint8_t *bytes, size_t count, uint8_t code[32]);

bool mr_pbkdf2_sha256(
    const uint8_t *passphrase, size_t passphrase_count, const uint8_t *salt, size_t salt_count, uint32_t iterations,
    uint8_t key[32]);

/// AES-256-GCM with a nonce of 12 bytes and a tag of 16 after the text: sealed has count + 16 bytes.
bool mr_aes_gcm_seal(
    const uint8_t key[32], const uint8_t nonce[12], const uint8_t *associated, size_t associated_count,
    const uint8_t *bytes, size_t count, uint8_t *sealed);
/// Opens what was sealed: count includes the tag, opened has count - 16 bytes. False for anything changed.
bool mr_aes_gcm_open(
    const uint8_t key[32], const uint8_t nonce[12], const uint8_t *associated, size_t associated_count,
    const uint8_t *sealed, size_t count, uint8_t *opened);

/// Ed25519 (RFC 8032): the public key that belongs to a secret one, signatures and their proof.
bool mr_ed25519_public_key(const uint8_t secret[32], uint8_t public_key[32]);
bool mr_ed25519_sign(const uint8_t secret[32], const uint8_t *bytes, size_t count, uint8_t signature[64]);
bool mr_ed25519_verify(const uint8_t public_key[32], const uint8_t *bytes, size_t count, const uint8_t signature[64]);

#endif
