// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE
#include "session.h"

#include "answer.h"
#include "failure.h"
#include "moment.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { first_id = 10000000, last_id = 99999999 };

/// How much of an unwelcome answer is told.
enum { shown = 400 };

static const char head[] = "{\"jsonrpc\":\"2.0\",\"id\":";

/// One workload in progress.
struct progress {
    char *request;
    size_t request_size;
    /// When each request was queued, 0 once it is answered; by id from `base` on.
    uint64_t *queued_at;
    size_t capacity;
    uint32_t base;
    uint64_t sent;
    struct outcome outcome;
};

struct session session_open(int input, int output) {
    return (struct session){wire_open(input, output), first_id};
}

void session_close(struct session *session) {
    wire_close(&session->wire);
}

void session_notify(struct session *session, const char *line) {
    wire_queue(&session->wire, line, strlen(line));
}

void outcome_free(struct outcome *outcome) {
    free(outcome->latencies);
    free(outcome->answer);
}

static void *grow(void *memory, size_t count, size_t size) {
    void *grown = reallocarray(memory, count, size);
    if (grown == NULL) fail("no memory for %zu entries", count);
    return grown;
}

/// Writes the request once. Only its id changes from one to the next.
static void compose(struct progress *progress, const struct workload *workload) {
    const char *open = workload->params == NULL ? "" : ",\"params\":";
    const char *params = workload->params == NULL ? "" : workload->params;
    int size = asprintf(
        &progress->request, "%s%d,\"method\":\"%s\"%s%s}\n", head, first_id, workload->method, open, params);
    if (size < 0) fail("no memory for a request");
    progress->request_size = (size_t)size;
}

static void queue_request(struct session *session, struct progress *progress, uint64_t now) {
    if (session->next_id == last_id) fail("too many requests");
    uint32_t id = session->next_id++;
    for (int digit = 7; digit >= 0; digit--, id /= 10) progress->request[sizeof head - 1 + digit] = '0' + id % 10;
    if (progress->sent == progress->capacity) {
        progress->capacity = progress->capacity == 0 ? 4096 : progress->capacity * 2;
        progress->queued_at = grow(progress->queued_at, progress->capacity, sizeof *progress->queued_at);
        progress->outcome.latencies = grow(progress->outcome.latencies, progress->capacity, sizeof(uint64_t));
    }
    progress->queued_at[progress->sent++] = now;
    wire_queue(&session->wire, progress->request, progress->request_size);
}

static void take_answer(struct progress *progress, struct line line, uint64_t now) {
    struct answer answer = answer_read(line);
    if (answer.kind == ANSWER_NOTIFICATION) return;
    if (answer.kind == ANSWER_FAILURE) {
        fail("the server answers: %.*s", (int)(line.size < shown ? line.size : shown), line.text);
    }
    uint64_t index = answer.id - progress->base;
    if (answer.id < progress->base || index >= progress->sent || progress->queued_at[index] == 0) {
        fail("an answer to %u, which was not asked or is answered already", answer.id);
    }
    struct outcome *outcome = &progress->outcome;
    outcome->latencies[outcome->answered++] = now - progress->queued_at[index];
    progress->queued_at[index] = 0;
    if (outcome->answered < progress->sent) return;
    outcome->answer = grow(outcome->answer, line.size + 1, 1);
    memcpy(outcome->answer, line.text, line.size);
    outcome->answer_size = line.size;
}

struct outcome session_run(struct session *session, const struct workload *workload) {
    struct progress progress = {.base = session->next_id};
    compose(&progress, workload);
    uint64_t begin = moment_ns();
    uint64_t now = begin;
    do {
        while (progress.sent - progress.outcome.answered < workload->window && progress.sent < workload->count &&
               now - begin < workload->duration_ns) {
            queue_request(session, &progress, now);
        }
        wire_exchange(&session->wire);
        now = moment_ns();
        struct line line;
        while (wire_take(&session->wire, &line)) take_answer(&progress, line, now);
    } while (progress.outcome.answered < progress.sent ||
             (progress.sent < workload->count && now - begin < workload->duration_ns));
    progress.outcome.elapsed_ns = now - begin;
    free(progress.request);
    free(progress.queued_at);
    return progress.outcome;
}
