// SPDX-License-Identifier: Apache-2.0
//
// Plugins that break the contract, one fault each: compile with -DFAULT_<NAME>. Tests build them with the system's cc.

#include "megaraptor_plugin.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const mr_host *host;

static const char description[] =
    "{\"tools\":[{\"name\":\"bad\",\"description\":\"Misbehaves.\",\"toolset\":\"fixture\","
    "\"input_schema\":{\"type\":\"object\"}}],\"resources\":[],\"resource_templates\":[],\"prompts\":[]}";

static void complete_text(mr_call call, mr_status status, const char *json) {
    mr_owned bytes = {(const uint8_t *)json, strlen(json), NULL, NULL};
    host->complete(host->ctx, call, status, bytes);
}

static int holds(mr_borrowed bytes, const char *text) {
    for (size_t at = 0; at + strlen(text) <= bytes.len; at++)
        if (memcmp(bytes.ptr + at, text, strlen(text)) == 0) return 1;
    return 0;
}

static mr_status activate(void *state) {
    (void)state;
#ifdef FAULT_REFUSES
    return MR_FAILED_PRECONDITION;
#else
    return MR_OK;
#endif
}

static void invoke(void *state, mr_call call, mr_borrowed method, mr_borrowed params) {
    (void)state;
    if (method.len == 8 && memcmp(method.ptr, "describe", 8) == 0) {
#ifdef FAULT_DESCRIBE_JSON
        complete_text(call, MR_OK, "{not json");
#else
        complete_text(call, MR_OK, description);
#endif
        return;
    }
    if (method.len != 10 || memcmp(method.ptr, "tools/call", 10) != 0) {
        complete_text(call, MR_UNSUPPORTED, "{\"code\":\"unsupported\",\"message\":\"unknown method\"}");
        return;
    }
    if (holds(params, "\"name\":") && !holds(params, "\"name\":\"bad\"")) {
        complete_text(call, MR_NOT_FOUND, "{\"code\":\"not_found\",\"message\":\"unknown tool\"}");
        return;
    }
#if defined(FAULT_HANG)
    mr_borrowed begun = {(const uint8_t *)"begun", 5};
    host->log(host->ctx, MR_LOG_INFO, begun);
    return;
#elif defined(FAULT_BLOCK)
    for (;;) pause();
#elif defined(FAULT_CRASH)
    raise(SIGSEGV);
#elif defined(FAULT_PRINTS)
    puts("a line that is no protocol");
    complete_text(call, MR_OK, "{\"content\":[]}");
#elif defined(FAULT_LEAK)
    const char *secret = getenv("BAD_TOKEN");
    if (secret != NULL) {
        mr_borrowed line = {(const uint8_t *)secret, strlen(secret)};
        host->log(host->ctx, MR_LOG_INFO, line);
    }
    complete_text(call, MR_OK, "{\"content\":[]}");
#elif defined(FAULT_NO_CONTENT)
    complete_text(call, MR_OK, "{\"text\":\"content is missing\"}");
#elif defined(FAULT_DOUBLE)
    complete_text(call, MR_OK, "{\"content\":[]}");
    complete_text(call, MR_OK, "{\"content\":[{\"type\":\"text\",\"text\":\"second\"}]}");
#elif defined(FAULT_STRANGER)
    complete_text(call + 1000000, MR_OK, "{\"content\":[]}");
    complete_text(call, MR_OK, "{\"content\":[]}");
#elif defined(FAULT_SILENT_FAILURE)
    complete_text(call, MR_UNAVAILABLE, "oops");
#elif defined(FAULT_STATUS)
    complete_text(call, 99, "{\"code\":\"unavailable\",\"message\":\"m\"}");
#elif defined(FAULT_PARTS)
    static const char part[] = "{\"content\":[{\"type\":\"text\",\"text\":\"in p";
    mr_owned first = {(const uint8_t *)part, sizeof part - 1, NULL, NULL};
    host->emit(host->ctx, call, first);
    complete_text(call, MR_OK, "arts\"}]}");
#else
    complete_text(call, MR_OK, "{\"content\":[]}");
#endif
}

static void cancel(void *state, mr_call call) {
    (void)state;
    (void)call;
}

static void deactivate(void *state, uint32_t deadline_ms) {
    (void)state;
    (void)deadline_ms;
#ifdef FAULT_NEVER_ENDS
    sleep(4);
#endif
}

#ifdef FAULT_TWO_SYMBOLS
MR_EXPORT int bad_helper(void) { return 42; }
#endif

#ifndef FAULT_NO_SYMBOL
MR_EXPORT int32_t megaraptor_plugin_v1(const mr_host *given, mr_plugin *out) {
    host = given;
    out->struct_size = sizeof *out;
    out->abi_major = MR_ABI_MAJOR;
    out->abi_minor = MR_ABI_MINOR;
    out->min_host_minor = 0;
    out->magic = MR_ABI_MAGIC;
    out->runtime = "none";
    out->id = "org.megaraptor.fixture.bad";
    out->version = "1.0.0";
    out->build_id = "bad";
    out->state = NULL;
    out->activate = activate;
    out->invoke = invoke;
    out->cancel = cancel;
    out->deactivate = deactivate;
#if defined(FAULT_MAGIC)
    out->magic = 42;
#elif defined(FAULT_SHORT)
    out->struct_size = 32;
#elif defined(FAULT_MAJOR)
    out->abi_major = 2;
#elif defined(FAULT_NEWER_HOST)
    out->min_host_minor = 7;
#elif defined(FAULT_ID)
    out->id = "org.megaraptor.other";
#elif defined(FAULT_VERSION)
    out->version = "9.9.9";
#elif defined(FAULT_NO_INVOKE)
    out->invoke = NULL;
#elif defined(FAULT_ENTRY_REFUSES)
    return MR_UNSUPPORTED;
#elif defined(FAULT_CRASH_ENTRY)
    raise(SIGSEGV);
#elif defined(FAULT_CHATTY)
    puts("a line that is no protocol");
#endif
    return MR_OK;
}
#endif
