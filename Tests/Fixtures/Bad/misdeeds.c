// SPDX-License-Identifier: Apache-2.0
//
// A plugin that does to its process what it is told to: for tests of what a host survives. The tool "misdeed" looks for
// a word in its parameters; compiled with -DOPENING_<NAME> it does it as soon as it is opened. Compiled with -DPROVIDER it
// contributes a provider in the tool's place, which does the same.

#define _GNU_SOURCE

#include "megaraptor_plugin.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

extern char **environ;

static const mr_host *host;

static const char description[] =
#ifdef PROVIDER
    "{\"providers\":[{\"interface\":\"fixture.greeter/1\",\"name\":\"third\",\"description\":\"Misbehaves.\","
    "\"reading\":[\"misdeed\"],\"input_schema\":{\"type\":\"object\"}}]}";
#else
    "{\"tools\":[{\"name\":\"misdeed\",\"description\":\"Misbehaves.\",\"toolset\":\"fixture\","
    "\"input_schema\":{\"type\":\"object\"}}],\"resources\":[],\"resource_templates\":[],\"prompts\":[]}";
#endif

static void complete_text(mr_call call, mr_status status, const char *json) {
    mr_owned bytes = {(const uint8_t *)json, strlen(json), NULL, NULL};
    host->complete(host->ctx, call, status, bytes);
}

static void crash(void) {
    *(volatile int *)8 = 1;
}

static int overflow(int depth) {
    volatile char frame[4096];
    frame[0] = (char)depth;
    return depth < 0 ? 0 : overflow(depth + 1) + frame[0];
}

static void allocate(void) {
    for (;;) {
        char *memory = malloc(1 << 20);
        memset(memory, 1, 1 << 20);
    }
}

static void spin(void) {
    // One second is the least that operations can allow; the limit counts whole seconds.
    for (volatile unsigned long i = 0;; i++) {}
}

/// {"environment": [...], "descriptors": [...], "core": n}
static void show(mr_call call) {
    static char text[1 << 16];
    int at = sprintf(text, "{\"environment\":[");
    for (char **entry = environ; *entry; entry++) at += sprintf(text + at, "%s\"%s\"", entry == environ ? "" : ",", *entry);
    at += sprintf(text + at, "],\"descriptors\":[");
    DIR *directory = opendir("/proc/self/fd");
    const char *comma = "";
    for (struct dirent *entry; (entry = readdir(directory));) {
        char path[300], target[300];
        snprintf(path, sizeof path, "/proc/self/fd/%s", entry->d_name);
        ssize_t count = readlink(path, target, sizeof target);
        if (count <= 0 || atoi(entry->d_name) == dirfd(directory)) continue;
        at += sprintf(text + at, "%s\"%s %.*s\"", comma, entry->d_name, (int)count, target);
        comma = ",";
    }
    closedir(directory);
    struct rlimit core;
    getrlimit(RLIMIT_CORE, &core);
    sprintf(text + at, "],\"core\":%d,\"leads\":%s}", (int)core.rlim_max, getsid(0) == getpid() ? "true" : "false");
    complete_text(call, MR_OK, text);
}

/// Leaves a child behind that keeps every descriptor open.
static void leave_child(mr_call call) {
    static char text[64];
    pid_t child = fork();
    if (child == 0) for (;;) pause();
    sprintf(text, "{\"child\":%d}", (int)child);
    complete_text(call, MR_OK, text);
}

static int asked(mr_borrowed params, const char *deed) {
    return memmem(params.ptr, params.len, deed, strlen(deed)) != NULL;
}

static void misdeed(mr_call call, mr_borrowed params) {
    if (asked(params, "crash")) crash();
    if (asked(params, "abort")) abort();
    if (asked(params, "exit")) exit(0);
    if (asked(params, "overflow")) overflow(0);
    if (asked(params, "allocate")) allocate();
    if (asked(params, "spin")) spin();
    if (asked(params, "block")) for (;;) pause();
    if (asked(params, "silence")) {
        mr_borrowed line = {(const uint8_t *)"silent", 6};
        host->log(host->ctx, MR_LOG_INFO, line);
        return;
    }
    if (asked(params, "close")) {
        close(3);
        return;
    }
    if (asked(params, "garbage")) {
        if (write(3, "this is no message at all, is it?", 33) < 0) abort();
        return;
    }
    if (asked(params, "chatter")) puts("{\"jsonrpc\":\"2.0\"}");
    if (asked(params, "array")) return complete_text(call, MR_OK, "[]");
    if (asked(params, "noise")) return complete_text(call, MR_OK, "{");
    if (asked(params, "child")) return leave_child(call);
    if (asked(params, "show")) return show(call);
    if (asked(params, "last words")) {
        complete_text(call, MR_OK, "{\"content\":[]}");
        _exit(3);
    }
    complete_text(call, MR_OK, "{\"content\":[]}");
}

static mr_status activate(void *state) {
    (void)state;
#ifdef OPENING_ACTIVATE
    abort();
#endif
    return MR_OK;
}

static void invoke(void *state, mr_call call, mr_borrowed method, mr_borrowed params) {
    (void)state;
    if (method.len == 8 && memcmp(method.ptr, "describe", 8) == 0) {
#ifdef OPENING_SILENCE
        return;
#endif
        complete_text(call, MR_OK, description);
    } else {
        misdeed(call, params);
    }
}

static void cancel(void *state, mr_call call) {
    (void)state;
    (void)call;
}

static void deactivate(void *state, uint32_t deadline_ms) {
    (void)state;
    (void)deadline_ms;
#ifdef OPENING_STAYS
    for (;;) pause();
#endif
}

MR_EXPORT int32_t megaraptor_plugin_v1(const mr_host *given, mr_plugin *out) {
#if defined(OPENING_CRASH)
    crash();
#elif defined(OPENING_EXIT)
    exit(0);
#elif defined(OPENING_HANG)
    for (;;) pause();
#endif
    host = given;
    out->struct_size = sizeof *out;
    out->abi_major = MR_ABI_MAJOR;
    out->abi_minor = MR_ABI_MINOR;
    out->min_host_minor = 0;
    out->magic = MR_ABI_MAGIC;
    out->runtime = "none";
    out->id = "org.megaraptor.fixture.misdeeds";
    out->version = "1.0.0";
    out->build_id = "misdeeds";
    out->state = NULL;
    out->activate = activate;
    out->invoke = invoke;
    out->cancel = cancel;
    out->deactivate = deactivate;
    return MR_OK;
}
