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

/// The value of "text" as it stands in the request: a JSON string, quotes included.
static mr_borrowed text_literal(mr_borrowed params) {
    static const char key[] = "\"text\":";
    mr_borrowed none = {NULL, 0};
    for (size_t at = 0; at + sizeof key - 1 < params.len; at++) {
        if (memcmp(params.ptr + at, key, sizeof key - 1) != 0) continue;
        size_t start = at + sizeof key - 1;
        size_t end = start + 1;
        while (end < params.len && params.ptr[end] != '"') end += params.ptr[end] == '\\' ? 2 : 1;
        if (end >= params.len) return none;
        mr_borrowed literal = {params.ptr + start, end - start + 1};
        return literal;
    }
    return none;
}

static void echo(mr_call call, mr_borrowed params) {
    static const char head[] = "{\"content\":[{\"type\":\"text\",\"text\":";
    static const char tail[] = "}]}";
    mr_borrowed text = text_literal(params);
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
    } else if (named(method, "tools/call")) {
        echo(call, params);
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
