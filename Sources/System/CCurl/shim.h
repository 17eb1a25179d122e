// SPDX-License-Identifier: Apache-2.0
//
// libcurl as Swift sees it. Its variadic functions become inline functions of one type each; macros that Swift cannot
// import become functions too.
#ifndef MEGARAPTOR_CCURL_SHIM_H
#define MEGARAPTOR_CCURL_SHIM_H

#include <stdbool.h>
#include <string.h>
#include <sys/types.h>

#include <sys/socket.h>

#include <curl/curl.h>

typedef size_t (*mr_curl_data_callback)(char *bytes, size_t size, size_t count, void *context);
typedef int (*mr_curl_seek_callback)(void *context, curl_off_t offset, int origin);

static inline CURLcode mr_curl_global_init(void) { return curl_global_init(CURL_GLOBAL_DEFAULT); }

static inline CURLcode mr_curl_set_long(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode mr_curl_set_offset(CURL *easy, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(easy, option, value);
}

/// The text is copied.
static inline CURLcode mr_curl_set_string(CURL *easy, CURLoption option, const char *value) {
    return curl_easy_setopt(easy, option, value);
}

/// Whatever is pointed to must outlive the transfer.
static inline CURLcode mr_curl_set_pointer(CURL *easy, CURLoption option, void *value) {
    return curl_easy_setopt(easy, option, value);
}

/// The list must outlive the transfer.
static inline CURLcode mr_curl_set_list(CURL *easy, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(easy, option, value);
}

/// The bytes are copied.
static inline CURLcode mr_curl_set_blob(CURL *easy, CURLoption option, const void *bytes, size_t count) {
    struct curl_blob blob = {(void *)bytes, count, CURL_BLOB_COPY};
    return curl_easy_setopt(easy, option, &blob);
}

static inline CURLcode mr_curl_set_data_callback(CURL *easy, CURLoption option, mr_curl_data_callback callback) {
    return curl_easy_setopt(easy, option, callback);
}

static inline CURLcode mr_curl_set_seek_callback(CURL *easy, mr_curl_seek_callback callback) {
    return curl_easy_setopt(easy, CURLOPT_SEEKFUNCTION, callback);
}

/// Curl's own sockets would live on in every program that this process starts, and with them the connection.
static inline curl_socket_t mr_curl_open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address) {
    (void)context;
    (void)purpose;
#ifdef SOCK_CLOEXEC
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
#else
    return socket(address->family, address->socktype, address->protocol);
#endif
}

static inline CURLcode mr_curl_keep_sockets_private(CURL *easy) {
    return curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, mr_curl_open_socket);
}

/// The server's own certificate in PEM, where CURLOPT_CERTINFO is set and the transfer made its connection; NULL otherwise.
/// Belongs to the handle.
static inline const char *mr_curl_certificate(CURL *easy) {
    struct curl_certinfo *info = NULL;
    if (curl_easy_getinfo(easy, CURLINFO_CERTINFO, &info) != CURLE_OK || !info || info->num_of_certs < 1) return NULL;
    for (struct curl_slist *line = info->certinfo[0]; line; line = line->next) {
        if (strncmp(line->data, "Cert:", 5) == 0) return line->data + 5;
    }
    return NULL;
}

static inline long mr_curl_get_long(CURL *easy, CURLINFO info) {
    long value = 0;
    return curl_easy_getinfo(easy, info, &value) == CURLE_OK ? value : 0;
}

/// Whether the only transfer of `multi` has ended, and how.
static inline bool mr_curl_has_ended(CURLM *multi, CURLcode *result) {
    int left = 0;
    CURLMsg *message = curl_multi_info_read(multi, &left);
    if (message == NULL || message->msg != CURLMSG_DONE) return false;
    *result = message->data.result;
    return true;
}

static inline long mr_curl_auth_basic(void) { return (long)CURLAUTH_BASIC; }
static inline size_t mr_curl_write_pause(void) { return CURL_WRITEFUNC_PAUSE; }
static inline size_t mr_curl_read_abort(void) { return CURL_READFUNC_ABORT; }
static inline int mr_curl_pause_continue(void) { return CURLPAUSE_CONT; }

#endif
