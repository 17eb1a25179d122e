// SPDX-License-Identifier: Apache-2.0
//
// Lines to and from a server, without ever blocking on a write.

#ifndef BENCHMARK_WIRE_H
#define BENCHMARK_WIRE_H

#include <stddef.h>

struct line {
    /// Without its newline. Valid until the next call.
    const char *text;
    size_t size;
};

struct wire {
    int input;
    int output;
    char *queued;
    size_t queued_size, queued_capacity, sent;
    char *received;
    size_t received_size, received_capacity;
    /// Where the next line begins, and up to where no newline was found.
    size_t next, searched;
};

/// `input` is written to and does not block; `output` is read from and does.
struct wire wire_open(int input, int output);

/// Adds bytes to what `wire_exchange` will send.
void wire_queue(struct wire *wire, const char *bytes, size_t size);

/// Sends what is queued as far as the pipe takes it and reads once, waiting as long as it takes.
void wire_exchange(struct wire *wire);

/// The next whole line that has been read. Returns 0 when there is none.
int wire_take(struct wire *wire, struct line *line);

void wire_close(struct wire *wire);

#endif
