// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE
#include "wire.h"

#include "failure.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { chunk = 1 << 17 };

static void reserve(char **bytes, size_t *capacity, size_t wanted) {
    if (wanted <= *capacity) return;
    while (*capacity < wanted) *capacity *= 2;
    char *grown = realloc(*bytes, *capacity);
    if (grown == NULL) fail("no memory for %zu bytes", *capacity);
    *bytes = grown;
}

struct wire wire_open(int input, int output) {
    struct wire wire = {.input = input, .output = output, .queued_capacity = chunk, .received_capacity = chunk};
    wire.queued = malloc(chunk);
    wire.received = malloc(chunk);
    if (wire.queued == NULL || wire.received == NULL) fail("no memory");
    return wire;
}

void wire_close(struct wire *wire) {
    free(wire->queued);
    free(wire->received);
}

void wire_queue(struct wire *wire, const char *bytes, size_t size) {
    reserve(&wire->queued, &wire->queued_capacity, wire->queued_size + size);
    memcpy(wire->queued + wire->queued_size, bytes, size);
    wire->queued_size += size;
}

static void send_queued(struct wire *wire) {
    while (wire->sent < wire->queued_size) {
        ssize_t written = write(wire->input, wire->queued + wire->sent, wire->queued_size - wire->sent);
        if (written > 0) {
            wire->sent += (size_t)written;
        } else if (errno == EAGAIN) {
            return;
        } else if (errno != EINTR) {
            fail("writing to the server: %s", strerror(errno));
        }
    }
    wire->sent = wire->queued_size = 0;
}

static void receive(struct wire *wire) {
    if (wire->next == wire->received_size) {
        wire->next = wire->searched = wire->received_size = 0;
    } else if (wire->next > wire->received_capacity / 2) {
        wire->received_size -= wire->next;
        wire->searched -= wire->next;
        memmove(wire->received, wire->received + wire->next, wire->received_size);
        wire->next = 0;
    }
    reserve(&wire->received, &wire->received_capacity, wire->received_size + chunk / 2);
    ssize_t count;
    do {
        count = read(
            wire->output, wire->received + wire->received_size, wire->received_capacity - wire->received_size);
    } while (count < 0 && errno == EINTR);
    if (count < 0) fail("reading from the server: %s", strerror(errno));
    if (count == 0) fail("the server hung up");
    wire->received_size += (size_t)count;
}

void wire_exchange(struct wire *wire) {
    send_queued(wire);
    while (wire->sent < wire->queued_size) {
        struct pollfd both[] = {{.fd = wire->input, .events = POLLOUT}, {.fd = wire->output, .events = POLLIN}};
        if (poll(both, 2, -1) < 0 && errno != EINTR) fail("poll: %s", strerror(errno));
        if (both[1].revents != 0) break;
        send_queued(wire);
    }
    receive(wire);
}

int wire_take(struct wire *wire, struct line *line) {
    char *end = memchr(wire->received + wire->searched, '\n', wire->received_size - wire->searched);
    if (end == NULL) {
        wire->searched = wire->received_size;
        return 0;
    }
    line->text = wire->received + wire->next;
    line->size = (size_t)(end - line->text);
    wire->next = wire->searched = (size_t)(end + 1 - wire->received);
    return 1;
}
