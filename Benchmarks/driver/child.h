// SPDX-License-Identifier: Apache-2.0
//
// A server as a child process: its pipes, its memory, its end.

#ifndef BENCHMARK_CHILD_H
#define BENCHMARK_CHILD_H

#include <stdint.h>
#include <sys/types.h>

struct child {
    pid_t pid;
    /// The writing end of the child's standard input.
    int input;
    /// The reading end of the child's standard output.
    int output;
};

struct child_memory {
    long rss_kib;
    long pss_kib;
};

struct child_end {
    /// As a shell would say it: 128 and the number for a signal.
    int status;
    /// From the end of its input to its exit.
    uint64_t took_ns;
};

/// Starts the program. What it says on standard error is appended to `log`.
struct child child_start(char *const arguments[], const char *log);

/// What the kernel counts for the process at this moment.
struct child_memory child_measure(const struct child *child);

/// Closes the child's input and waits for its exit. One that stays is ended, first politely.
struct child_end child_finish(struct child *child);

/// Ends the running child, if there is one. May be called from a signal handler.
void child_abandon(void);

#endif
