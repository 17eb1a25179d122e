// SPDX-License-Identifier: Apache-2.0

#ifndef BENCHMARK_OPTIONS_H
#define BENCHMARK_OPTIONS_H

#include "session.h"

#include <stdint.h>

struct options {
    struct workload workload;
    /// Requests before the measurement begins.
    uint64_t warm;
    /// After the workload: how long the server rests before its memory is read. 0 for not at all.
    long idle_ms;
    unsigned timeout_seconds;
    /// Where the server's standard error goes.
    const char *log;
    /// Where the last answer goes, or NULL.
    const char *answer_file;
    char **program;
    /// What `workload.params` points to, if it was read from a file.
    char *params_text;
};

/// Reads the command line. Says how to use the program and ends it when that is not possible.
struct options options_read(int count, char *arguments[]);

void options_free(struct options *options);

#endif
