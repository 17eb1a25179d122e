// SPDX-License-Identifier: Apache-2.0
//
// The smallest useful plugin in C: one tool that gives its arguments back as text. Used by tests and benchmarks.

#include "megaraptor_plugin.h"

#include <stdlib.h>
#include <string.h>

static const mr_host *host;

static const char description[] =
    "{\"tools\":[{\"name\":\"c_echo\",\"description\":\"Gives its text back.\",\"toolset\":\"fixture\","
    "\"annotations\":{\"read_only\":true,\"destructive\":false,\"idempotent\":true,\"open_world\":false},"
    "\"input_schema\":{\"type\":\"object\",\"properties\":{\"text\":{\"type\":\"string\"}},"
    "\"required\":[\"text\"],\"additionalProperties\":false}}],"
    "\"resources\":[],\"resource_templates\":[],\"prompts\":[]}";

static int named(mr_borrowed name, const char *wanted) {
    return name.len == strlen(wanted) && memcmp(name.ptr, wanted, name.len) == 0;
}

static void complete_static(mr_call call, mr_status status, const char *json) {
    mr_owned bytes = {(const uint8_t *)json, strlen(json), NULL, NULL};
    host->complete(host->ctx, call, status, bytes);
}

// Where needle begins in bytes, or NULL.
static const uint8_t *find(mr_borrowed bytes, const char *needle) {
    size_t len = strlen(needle);
    for (size_t at = 0; at + len <= bytes.len; at++)
        if (memcmp(bytes.ptr + at, needle, len) == 0) return bytes.ptr + at;
    return NULL;
}

// How many bytes the UTF-8 character at the beginning has, or 0 where there is none that JSON takes in a string.
static size_t character(const uint8_t *at, size_t left) {
    static const uint32_t least[] = {0, 0x20, 0x80, 0x800, 0x10000};
    size_t len = at[0] < 0x80 ? 1 : at[0] >> 5 == 6 ? 2 : at[0] >> 4 == 14 ? 3 : at[0] >> 3 == 30 ? 4 : 0;
    if (len == 0 || len > left) return 0;
    uint32_t value = len == 1 ? at[0] : at[0] & (0x7Fu >> len);
    for (size_t i = 1; i < len; i++) {
        if (at[i] >> 6 != 2) return 0;
        value = value << 6 | (at[i] & 0x3Fu);
    }
    return value < least[len] || value > 0x10FFFF || value >> 11 == 0x1B ? 0 : len;
}

// The value of "text" as it stands in the call: a JSON string with its quotes.
static mr_borrowed text_of(mr_borrowed params) {
    mr_borrowed none = {NULL, 0};
    const uint8_t *end = params.ptr + params.len, *key = find(params, "\"text\":\"");
    if (key == NULL) return none;
    const uint8_t *start = key + strlen("\"text\":"), *at = start + 1;
    while (at < end && *at != '"') {
        if (*at == '\\') at++;
        size_t len = at < end ? character(at, (size_t)(end - at)) : 0;
        if (len == 0) return none;
        at += len;
    }
    if (at >= end) return none;
    mr_borrowed text = {start, (size_t)(at - start) + 1};
    return text;
}

static void echo(mr_call call, mr_borrowed params) {
    static const char head[] = "{\"content\":[{\"type\":\"text\",\"text\":";
    static const char tail[] = "}]}";
    mr_borrowed text = text_of(params);
    if (text.ptr == NULL) {
        complete_static(call, MR_INVALID_ARGUMENT, "{\"code\":\"invalid_argument\",\"message\":\"text is missing\"}");
        return;
    }
    size_t size = sizeof head - 1 + text.len + sizeof tail - 1;
    uint8_t *answer = malloc(size);
    if (answer == NULL) {
        complete_static(call, MR_RESOURCE_EXHAUSTED, "{\"code\":\"resource_exhausted\",\"message\":\"no memory\"}");
        return;
    }
    memcpy(answer, head, sizeof head - 1);
    memcpy(answer + sizeof head - 1, text.ptr, text.len);
    memcpy(answer + sizeof head - 1 + text.len, tail, sizeof tail - 1);
    mr_owned bytes = {answer, size, free, answer};
    host->complete(host->ctx, call, MR_OK, bytes);
}

static mr_status activate(void *state) {
    (void)state;
    return MR_OK;
}

static void invoke(void *state, mr_call call, mr_borrowed method, mr_borrowed params) {
    (void)state;
    if (named(method, "describe")) {
        complete_static(call, MR_OK, description);
    } else if (named(method, "tools/call") && find(params, "\"name\":\"c_echo\"") != NULL) {
        echo(call, params);
    } else if (named(method, "tools/call")) {
        complete_static(call, MR_NOT_FOUND, "{\"code\":\"not_found\",\"message\":\"unknown tool\"}");
    } else {
        complete_static(call, MR_UNSUPPORTED, "{\"code\":\"unsupported\",\"message\":\"unknown method\"}");
    }
}

static void cancel(void *state, mr_call call) {
    (void)state;
    (void)call;
}

static void deactivate(void *state, uint32_t deadline_ms) {
    (void)state;
    (void)deadline_ms;
}

MR_EXPORT int32_t megaraptor_plugin_v1(const mr_host *given, mr_plugin *out) {
    if (given->abi_major != MR_ABI_MAJOR || out->struct_size < sizeof *out) return MR_UNSUPPORTED;
    host = given;
    out->struct_size = sizeof *out;
    out->abi_major = MR_ABI_MAJOR;
    out->abi_minor = MR_ABI_MINOR;
    out->min_host_minor = 0;
    out->magic = MR_ABI_MAGIC;
    out->runtime = "none";
    out->id = "org.megaraptor.fixture.c";
    out->version = "1.0.0";
    out->build_id = "fixture";
    out->state = NULL;
    out->activate = activate;
    out->invoke = invoke;
    out->cancel = cancel;
    out->deactivate = deactivate;
    return MR_OK;
}
