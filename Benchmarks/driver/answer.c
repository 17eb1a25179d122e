// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE
#include "answer.h"

#include "failure.h"

#include <stdlib.h>
#include <string.h>

// Members of the message itself stand at one of its ends; what lies between is a tool's text and may hold anything.
enum { edge = 256 };

static int holds(struct line part, const char *text) {
    return memmem(part.text, part.size, text, strlen(text)) != NULL;
}

/// The number after "id": in this part, or 0.
static uint32_t id_in(struct line part) {
    static const char key[] = "\"id\":";
    const char *found = memmem(part.text, part.size, key, sizeof key - 1);
    if (found == NULL) return 0;
    const char *end = part.text + part.size;
    uint32_t id = 0;
    for (found += sizeof key - 1; found < end && *found == ' '; found++) continue;
    for (; found < end && *found >= '0' && *found <= '9'; found++) id = id * 10 + (uint32_t)(*found - '0');
    return id;
}

struct answer answer_read(struct line line) {
    struct line start = {line.text, line.size < edge ? line.size : edge};
    struct line end = {line.text + line.size - start.size, start.size};
    uint32_t id = id_in(start);
    if (id == 0) id = id_in(end);
    if (id == 0) {
        if (holds(start, "\"method\":")) return (struct answer){ANSWER_NOTIFICATION, 0};
        fail("a line that is no answer: %.*s", (int)start.size, start.text);
    }
    int succeeded = holds(start, "\"result\":") && !holds(start, "\"isError\":true") && !holds(end, "\"isError\":true");
    return (struct answer){succeeded ? ANSWER_RESULT : ANSWER_FAILURE, id};
}
