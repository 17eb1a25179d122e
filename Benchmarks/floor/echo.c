// SPDX-License-Identifier: Apache-2.0
//
// The floor: what a pipe, two processes and a line of JSON cost when nothing is understood. Each line is answered with
// its id and an empty result; if it carries "text", the text comes back as a tool's result would carry it.

#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { chunk = 1 << 17 };

struct bytes {
    char *start;
    size_t size, capacity;
};

static void append(struct bytes *bytes, const char *more, size_t size) {
    if (bytes->size + size > bytes->capacity) {
        bytes->capacity = (bytes->size + size) * 2;
        bytes->start = realloc(bytes->start, bytes->capacity);
        if (bytes->start == NULL) exit(1);
    }
    memcpy(bytes->start + bytes->size, more, size);
    bytes->size += size;
}

static void append_text(struct bytes *bytes, const char *text) {
    append(bytes, text, strlen(text));
}

/// What follows the key in the line, up to but without the stop.
static void append_value(struct bytes *answers, const char *line, size_t size, const char *key, char stop) {
    const char *found = memmem(line, size, key, strlen(key));
    if (found == NULL) return;
    found += strlen(key);
    const char *end = memchr(found, stop, (size_t)(line + size - found));
    if (end != NULL) append(answers, found, (size_t)(end - found));
}

static void answer(struct bytes *answers, const char *line, size_t size) {
    static const char text[] = "\"text\":\"";
    // Who tells and does not ask has no id.
    if (memmem(line, size, "\"id\":", 5) == NULL) return;
    append_text(answers, "{\"jsonrpc\":\"2.0\",\"id\":");
    append_value(answers, line, size, "\"id\":", ',');
    append_text(answers, ",\"result\":{");
    if (memmem(line, size, text, sizeof text - 1) != NULL) {
        append_text(answers, "\"content\":[{\"type\":\"text\",\"text\":\"");
        append_value(answers, line, size, text, '"');
        append_text(answers, "\"}]");
    }
    append_text(answers, "}}\n");
}

static void write_all(struct bytes *answers) {
    for (size_t sent = 0; sent < answers->size;) {
        ssize_t count = write(STDOUT_FILENO, answers->start + sent, answers->size - sent);
        if (count <= 0) exit(1);
        sent += (size_t)count;
    }
    answers->size = 0;
}

int main(void) {
    struct bytes input = {0}, answers = {0};
    char *piece = malloc(chunk);
    ssize_t count;
    while (piece != NULL && (count = read(STDIN_FILENO, piece, chunk)) > 0) {
        size_t old = input.size, begin = 0;
        append(&input, piece, (size_t)count);
        char *end;
        while ((end = memchr(input.start + old, '\n', input.size - old)) != NULL) {
            answer(&answers, input.start + begin, (size_t)(end - input.start) - begin);
            old = begin = (size_t)(end + 1 - input.start);
        }
        write_all(&answers);
        input.size -= begin;
        memmove(input.start, input.start + begin, input.size);
    }
    free(piece);
    free(input.start);
    free(answers.start);
    return 0;
}
