// SPDX-License-Identifier: Apache-2.0

#include "libcrypto.h"

#include <dlfcn.h>
#include <limits.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <pthread.h>

#define FUNCTIONS(F) \
    F(EVP_sha1) F(EVP_Digest) F(EVP_sha256) F(EVP_MD_CTX_new) F(EVP_MD_CTX_free) F(EVP_DigestInit_ex) F(EVP_DigestUpdate) F(EVP_DigestFinal_ex) \
    F(HMAC) F(PKCS5_PBKDF2_HMAC) \
    F(EVP_aes_256_gcm) F(EVP_CIPHER_CTX_new) F(EVP_CIPHER_CTX_free) F(EVP_CIPHER_CTX_ctrl) \
    F(EVP_EncryptInit_ex) F(EVP_EncryptUpdate) F(EVP_EncryptFinal_ex) \
    F(EVP_DecryptInit_ex) F(EVP_DecryptUpdate) F(EVP_DecryptFinal_ex) \
    F(EVP_PKEY_new_raw_private_key) F(EVP_PKEY_new_raw_public_key) F(EVP_PKEY_get_raw_public_key) F(EVP_PKEY_free) \
    F(EVP_DigestSignInit) F(EVP_DigestSign) F(EVP_DigestVerifyInit) F(EVP_DigestVerify)

// The types are those of OpenSSL's headers, so that the compiler checks every call.
static struct {
#define MEMBER(name) __typeof__(name) *name;
    FUNCTIONS(MEMBER)
} crypto;
static bool is_loaded;

static void load(void) {
    void *library = dlopen("libcrypto.so.3", RTLD_NOW | RTLD_LOCAL);
    if (!library) return;
#define RESOLVE(name) \
    if (!(crypto.name = (__typeof__(name) *)dlsym(library, #name))) return;
    FUNCTIONS(RESOLVE)
    is_loaded = true;
}

bool mr_crypto_is_available(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load);
    return is_loaded;
}

// MARK: - Digests

void *mr_sha256_start(void) {
    if (!mr_crypto_is_available()) return NULL;
    EVP_MD_CTX *context = crypto.EVP_MD_CTX_new();
    if (context && crypto.EVP_DigestInit_ex(context, crypto.EVP_sha256(), NULL) == 1) return context;
    crypto.EVP_MD_CTX_free(context);
    return NULL;
}

bool mr_sha256_update(void *context, const uint8_t *bytes, size_t count) {
    return context && crypto.EVP_DigestUpdate(context, bytes, count) == 1;
}

bool mr_sha256_finish(void *context, uint8_t digest[32]) {
    if (!context) return false;
    bool done = crypto.EVP_DigestFinal_ex(context, digest, NULL) == 1;
    crypto.EVP_MD_CTX_free(context);
    return done;
}

bool mr_sha1(const uint8_t *bytes, size_t count, uint8_t digest[20]) {
    if (!mr_crypto_is_available()) return false;
    unsigned int length = 0;
    return crypto.EVP_Digest(bytes, count, digest, &length, crypto.EVP_sha1(), NULL) == 1 && length == 20;
}

bool mr_hmac_sha256(const uint8_t *key, size_t key_count, const uint8_t *bytes, size_t count, uint8_t code[32]) {
    if (!mr_crypto_is_available() || key_count > INT_MAX) return false;
    // A NULL key would mean the key of an earlier call.
    static const uint8_t empty;
    unsigned int length = 0;
    return crypto.HMAC(crypto.EVP_sha256(), key ? key : &empty, (int)key_count, bytes, count, code, &length) &&
        length == 32;
}

bool mr_pbkdf2_sha256(
    const uint8_t *passphrase, size_t passphrase_count, const uint8_t *salt, size_t salt_count, uint32_t iterations,
    uint8_t key[32]) {
    if (!mr_crypto_is_available() || passphrase_count > INT_MAX || salt_count > INT_MAX || iterations > INT_MAX) {
        return false;
    }
    return crypto.PKCS5_PBKDF2_HMAC(
               (const char *)passphrase, (int)passphrase_count, salt, (int)salt_count, (int)iterations,
               crypto.EVP_sha256(), 32, key) == 1;
}

// MARK: - AES-256-GCM

enum { tag_size = 16 };

bool mr_aes_gcm_seal(
    const uint8_t key[32], const uint8_t nonce[12], const uint8_t *associated, size_t associated_count,
    const uint8_t *bytes, size_t count, uint8_t *sealed) {
    if (!mr_crypto_is_available() || count > INT_MAX - tag_size || associated_count > INT_MAX) return false;
    EVP_CIPHER_CTX *context = crypto.EVP_CIPHER_CTX_new();
    int length = 0;
    bool done = context && crypto.EVP_EncryptInit_ex(context, crypto.EVP_aes_256_gcm(), NULL, key, nonce) == 1 &&
        crypto.EVP_EncryptUpdate(context, NULL, &length, associated, (int)associated_count) == 1 &&
        crypto.EVP_EncryptUpdate(context, sealed, &length, bytes, (int)count) == 1 &&
        crypto.EVP_EncryptFinal_ex(context, sealed + length, &length) == 1 &&
        crypto.EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_GET_TAG, tag_size, sealed + count) == 1;
    crypto.EVP_CIPHER_CTX_free(context);
    return done;
}

bool mr_aes_gcm_open(
    const uint8_t key[32], const uint8_t nonce[12], const uint8_t *associated, size_t associated_count,
    const uint8_t *sealed, size_t count, uint8_t *opened) {
    if (!mr_crypto_is_available() || count < tag_size || count > INT_MAX || associated_count > INT_MAX) return false;
    EVP_CIPHER_CTX *context = crypto.EVP_CIPHER_CTX_new();
    int length = 0;
    // The function wants a pointer that may be written to, but only reads the tag.
    void *tag = (void *)(sealed + count - tag_size);
    bool done = context && crypto.EVP_DecryptInit_ex(context, crypto.EVP_aes_256_gcm(), NULL, key, nonce) == 1 &&
        crypto.EVP_DecryptUpdate(context, NULL, &length, associated, (int)associated_count) == 1 &&
        crypto.EVP_DecryptUpdate(context, opened, &length, sealed, (int)(count - tag_size)) == 1 &&
        crypto.EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_SET_TAG, tag_size, tag) == 1 &&
        crypto.EVP_DecryptFinal_ex(context, opened + length, &length) == 1;
    crypto.EVP_CIPHER_CTX_free(context);
    return done;
}

// MARK: - Ed25519

bool mr_ed25519_public_key(const uint8_t secret[32], uint8_t public_key[32]) {
    if (!mr_crypto_is_available()) return false;
    EVP_PKEY *key = crypto.EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, secret, 32);
    size_t length = 32;
    bool done = key && crypto.EVP_PKEY_get_raw_public_key(key, public_key, &length) == 1 && length == 32;
    crypto.EVP_PKEY_free(key);
    return done;
}

bool mr_ed25519_sign(const uint8_t secret[32], const uint8_t *bytes, size_t count, uint8_t signature[64]) {
    if (!mr_crypto_is_available()) return false;
    EVP_PKEY *key = crypto.EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, secret, 32);
    EVP_MD_CTX *context = crypto.EVP_MD_CTX_new();
    size_t length = 64;
    bool done = key && context && crypto.EVP_DigestSignInit(context, NULL, NULL, NULL, key) == 1 &&
        crypto.EVP_DigestSign(context, signature, &length, bytes, count) == 1 && length == 64;
    crypto.EVP_MD_CTX_free(context);
    crypto.EVP_PKEY_free(key);
    return done;
}

bool mr_ed25519_verify(const uint8_t public_key[32], const uint8_t *bytes, size_t count, const uint8_t signature[64]) {
    if (!mr_crypto_is_available()) return false;
    EVP_PKEY *key = crypto.EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, public_key, 32);
    EVP_MD_CTX *context = crypto.EVP_MD_CTX_new();
    bool done = key && context && crypto.EVP_DigestVerifyInit(context, NULL, NULL, NULL, key) == 1 &&
        crypto.EVP_DigestVerify(context, signature, 64, bytes, count) == 1;
    crypto.EVP_MD_CTX_free(context);
    crypto.EVP_PKEY_free(key);
    return done;
}
