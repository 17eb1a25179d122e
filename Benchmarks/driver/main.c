// SPDX-License-Identifier: Apache-2.0
//
// Starts a server, asks it the same thing many times, and prints one JSON line of figures. Every peer of the benchmark
// is measured through this program, so that the client costs all of them the same.

#include "child.h"
#include "failure.h"
#include "moment.h"
#include "options.h"
#include "session.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char opening[] =
    "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{},\"clientInfo\":{\"name\":\"bench\",\"version\":\"1\"}}";

struct figures {
    uint64_t start_ns;
    struct outcome outcome;
    struct child_memory memory;
    struct child_end end;
};

static uint64_t initialize(struct session *session, uint64_t started) {
    struct workload first = {"initialize", opening, 1, UINT64_MAX, 1};
    struct outcome outcome = session_run(session, &first);
    uint64_t took = moment_ns() - started;
    outcome_free(&outcome);
    session_notify(session, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}\n");
    return took;
}

static void warm_up(struct session *session, const struct options *options) {
    struct workload warming = options->workload;
    warming.count = options->warm;
    warming.duration_ns = UINT64_MAX;
    struct outcome outcome = session_run(session, &warming);
    outcome_free(&outcome);
}

static struct figures measure(const struct options *options) {
    struct figures figures = {.memory = {-1, -1}};
    uint64_t started = moment_ns();
    struct child child = child_start(options->program, options->log);
    struct session session = session_open(child.input, child.output);
    figures.start_ns = initialize(&session, started);
    if (options->workload.method != NULL) {
        if (options->warm > 0) warm_up(&session, options);
        figures.outcome = session_run(&session, &options->workload);
    }
    if (options->idle_ms > 0) {
        struct timespec idle = {options->idle_ms / 1000, options->idle_ms % 1000 * 1000000};
        nanosleep(&idle, NULL);
        figures.memory = child_measure(&child);
    }
    figures.end = child_finish(&child);
    session_close(&session);
    return figures;
}

static int ascending(const void *left, const void *right) {
    uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
    return (a > b) - (a < b);
}

/// The nearest-rank percentile of sorted values.
static uint64_t percentile(const struct outcome *outcome, uint64_t percent) {
    if (outcome->answered == 0) return 0;
    uint64_t rank = (outcome->answered * percent + 99) / 100;
    return outcome->latencies[rank == 0 ? 0 : rank - 1];
}

static void print(struct figures *figures) {
    struct outcome *outcome = &figures->outcome;
    if (outcome->answered > 0) qsort(outcome->latencies, outcome->answered, sizeof(uint64_t), ascending);
    printf("{\"start_ns\":%" PRIu64 ",\"answered\":%" PRIu64 ",\"elapsed_ns\":%" PRIu64, figures->start_ns,
           outcome->answered, outcome->elapsed_ns);
    printf(",\"p50_ns\":%" PRIu64 ",\"p99_ns\":%" PRIu64 ",\"answer_bytes\":%zu", percentile(outcome, 50),
           percentile(outcome, 99), outcome->answer_size);
    printf(",\"rss_kib\":%ld,\"pss_kib\":%ld", figures->memory.rss_kib, figures->memory.pss_kib);
    printf(",\"exit_status\":%d,\"exit_ns\":%" PRIu64 "}\n", figures->end.status, figures->end.took_ns);
}

static void save(const char *path, const struct outcome *outcome) {
    FILE *file = fopen(path, "w");
    if (file == NULL) fail("%s: %s", path, strerror(errno));
    size_t written = fwrite(outcome->answer, 1, outcome->answer_size, file);
    if (fclose(file) != 0 || written != outcome->answer_size) fail("%s: %s", path, strerror(errno));
}

int main(int count, char *arguments[]) {
    struct options options = options_read(count, arguments);
    fail_after(options.timeout_seconds);
    struct figures figures = measure(&options);
    if (options.answer_file != NULL) save(options.answer_file, &figures.outcome);
    print(&figures);
    outcome_free(&figures.outcome);
    options_free(&options);
    return 0;
}
