// SPDX-License-Identifier: Apache-2.0
//
// The contract between megaraptor-mcp and a plugin.
//
// A plugin is a shared library with one exported function, megaraptor_plugin_v1. Both sides hand each other a struct
// of functions; everything beyond them is a message: a method's name and UTF-8 JSON.
//
// Growth: members are only ever added at the end of a struct, and a reader touches a member only if it lies inside
// the struct_size it was given. A breaking change gets a new entry symbol.
//
// Thread tags:
//   [any thread]                      may be called at any time from any thread, also several at once
//   [host thread, never concurrent]   called by the host, one at a time for this plugin

#ifndef MEGARAPTOR_PLUGIN_H
#define MEGARAPTOR_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define MR_ABI_MAGIC 0x314D5250434D524Dull /* "MRMCPRM1" read from memory on a little-endian machine */
#define MR_ABI_MAJOR 1u
#define MR_ABI_MINOR 0u

#if defined(__GNUC__)
#define MR_EXPORT __attribute__((visibility("default")))
#else
#define MR_EXPORT
#endif

/// Identifies one call for the life of the process. Never 0, never used twice.
typedef uint64_t mr_call;

/// The outcome of a call: 0, or one of the closed set of errors. A failure's JSON is
/// {"code", "message", "hint", "retryable", "cause", "details"}; code and message are required.
typedef int32_t mr_status;
enum {
    MR_OK = 0,
    MR_INVALID_ARGUMENT = 1,
    MR_NOT_FOUND = 2,
    MR_PERMISSION_DENIED = 3,
    MR_UNAUTHENTICATED = 4,
    MR_UNAVAILABLE = 5,
    MR_DEADLINE_EXCEEDED = 6,
    MR_CANCELLED = 7,
    MR_CONFLICT = 8,
    MR_RESOURCE_EXHAUSTED = 9,
    MR_UNSUPPORTED = 10,
    MR_FAILED_PRECONDITION = 11,
    MR_INTERNAL = 12
};

enum { MR_LOG_DEBUG = 0, MR_LOG_INFO = 1, MR_LOG_WARNING = 2, MR_LOG_ERROR = 3 };

/// Bytes that stay the giver's. Valid until the function that received them returns; copy them to keep them.
typedef struct mr_borrowed {
    const uint8_t *ptr;
    size_t len;
} mr_borrowed;

/// Bytes that are handed over. The receiver calls release(release_ctx) exactly once, on any thread, when it is done;
/// a NULL release means that the bytes live as long as the process.
typedef struct mr_owned {
    const uint8_t *ptr;
    size_t len;
    void (*release)(void *release_ctx);
    void *release_ctx;
} mr_owned;

/// Takes the answer to mr_host.request: exactly once, on any thread, possibly before request returns.
typedef void (*mr_reply)(void *reply_ctx, mr_status status, mr_borrowed result);

/// What the host offers a plugin. Valid from the entry call to the end of the process.
typedef struct mr_host {
    uint32_t struct_size;
    uint32_t abi_major;
    uint32_t abi_minor;
    uint32_t reserved;
    /// The first argument of every function below.
    void *ctx;

    /// Writes a line to the host's log. [any thread]
    void (*log)(void *ctx, int32_t level, mr_borrowed message);

    /// Says how far a call has come. total is 0 where it is not known; done must grow. [any thread]
    void (*progress)(void *ctx, mr_call call, double done, double total, mr_borrowed message);

    /// Whether nobody waits for this call any more: 1 also for a call that is over. [any thread]
    int32_t (*is_cancelled)(void *ctx, mr_call call);

    /// Ends a call, exactly once. For MR_OK the result is the method's JSON object, else the failure's. The bytes are
    /// the host's from here on, also where the call is unknown or already over. [any thread]
    void (*complete)(void *ctx, mr_call call, mr_status status, mr_owned result);

    /// Hands over the next part of a large result. The whole result is all parts in their order, then the bytes given
    /// to complete. For a failure the parts are dropped. [any thread, one call's parts one after the other]
    void (*emit)(void *ctx, mr_call call, mr_owned part);

    /// Asks the host: config, paths, clock, state/get, state/put, secrets/use, secrets/put, secrets/delete, secrets/list,
    /// broker/list, broker/call, broker/call_detached, resources/updated, elicit. call is the call on whose behalf, or 0.
    /// Answers MR_OK if reply will be called, else the reason why not; an unknown method is replied MR_UNSUPPORTED.
    /// [any thread]
    mr_status (*request)(
        void *ctx, mr_call call, mr_borrowed method, mr_borrowed params, mr_reply reply, void *reply_ctx);
} mr_host;

/// What a plugin offers the host, with the block by which the host recognises it. All strings are NUL-terminated UTF-8
/// and live as long as the process.
typedef struct mr_plugin {
    /// On entry the room that the host gives; on return what the plugin has filled. Nothing may be written beyond it.
    uint32_t struct_size;
    uint32_t abi_major;
    uint32_t abi_minor;
    /// The lowest abi_minor of a host that this plugin can work with.
    uint32_t min_host_minor;
    uint64_t magic;
    /// "swift-6.3.1" and the like, or "none".
    const char *runtime;
    /// Equal to the manifest's id and version.
    const char *id;
    const char *version;
    const char *build_id;

    /// The first argument of every function below.
    void *state;

    /// Gets ready to serve. Called once, before any invoke. [host thread, never concurrent]
    mr_status (*activate)(void *state);

    /// Starts a call and returns promptly; the answer goes through mr_host.complete, also from within this function.
    /// Methods: describe, tools/call, resources/read, resources/subscribe, resources/unsubscribe, prompts/get,
    /// completion/complete, health; of a plugin with runners also runner/call and runner/check; of one with providers
    /// also provider/ and the name of an operation.
    /// An unknown method is completed with MR_UNSUPPORTED. [any thread]
    void (*invoke)(void *state, mr_call call, mr_borrowed method, mr_borrowed params);

    /// Says that nobody waits for a call any more. Advice: the call must still be completed. Returns
    /// promptly. [any thread]
    void (*cancel)(void *state, mr_call call);

    /// Ends service: what still runs has deadline_ms to complete. Afterwards no function of the host may be called.
    /// [host thread, never concurrent]
    void (*deactivate)(void *state, uint32_t deadline_ms);
} mr_plugin;

/// The one symbol that a plugin exports. Fills *out and keeps host; does nothing else that takes time.
/// Answers MR_OK, or the reason why it cannot serve this host. [host thread, never concurrent]
MR_EXPORT int32_t megaraptor_plugin_v1(const mr_host *host, mr_plugin *out);

#ifdef __cplusplus
}
#endif

#endif
