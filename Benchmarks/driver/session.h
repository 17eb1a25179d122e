// SPDX-License-Identifier: Apache-2.0
//
// Requests to a server, so many in flight, and when each was answered.

#ifndef BENCHMARK_SESSION_H
#define BENCHMARK_SESSION_H

#include "wire.h"

#include <stddef.h>
#include <stdint.h>

struct session {
    struct wire wire;
    /// The id of the next request. All have eight digits, so that every request of a kind has one size.
    uint32_t next_id;
};

struct workload {
    const char *method;
    /// JSON, or NULL for none.
    const char *params;
    /// No further request is sent after so many, or after so long.
    uint64_t count;
    uint64_t duration_ns;
    /// The most requests that wait for their answers at the same time.
    uint32_t window;
};

struct outcome {
    uint64_t answered;
    /// From the first request to the last answer.
    uint64_t elapsed_ns;
    /// For each answer the time since its request was queued.
    uint64_t *latencies;
    /// A copy of the last answer.
    char *answer;
    size_t answer_size;
};

struct session session_open(int input, int output);
void session_close(struct session *session);

/// Sends a message that is not answered.
void session_notify(struct session *session, const char *line);

/// Sends requests and waits until each is answered exactly once; an error for an answer is a failure.
struct outcome session_run(struct session *session, const struct workload *workload);

void outcome_free(struct outcome *outcome);

#endif
