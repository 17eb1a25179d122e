// SPDX-License-Identifier: Apache-2.0

#include "messages.h"

#include <grpc/byte_buffer_reader.h>
#include <grpc/slice.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { rows_per_message = 1000 };

// Tags of the wire format: the field's number and how its value is written.
enum {
    tag_collector_query = 2 << 3 | 2,
    tag_collector_max_row = 4 << 3 | 0,
    tag_request_vql = 1 << 3 | 2,
    tag_response_rows = 1 << 3 | 2,
};

static void *checked(void *memory) {
    if (memory == NULL) {
        fputs("drain: no memory\n", stderr);
        exit(1);
    }
    return memory;
}

static size_t write_number(uint8_t *output, uint64_t number) {
    size_t size = 0;
    for (; number > 0x7F; number >>= 7) output[size++] = (uint8_t)(number | 0x80);
    output[size++] = (uint8_t)number;
    return size;
}

static size_t write_field(uint8_t *output, uint8_t tag, const void *value, size_t size) {
    output[0] = tag;
    size_t head = 1 + write_number(output + 1, size);
    memcpy(output + head, value, size);
    return head + size;
}

grpc_byte_buffer *query_request(const char *query) {
    enum { room = 16 };
    size_t length = strlen(query);
    uint8_t *inner = checked(malloc(length + room)), *outer = checked(malloc(length + 3 * room));
    size_t inner_size = write_field(inner, tag_request_vql, query, length);
    size_t size = write_field(outer, tag_collector_query, inner, inner_size);
    outer[size++] = tag_collector_max_row;
    size += write_number(outer + size, rows_per_message);
    grpc_slice slice = grpc_slice_from_copied_buffer((const char *)outer, size);
    grpc_byte_buffer *buffer = grpc_raw_byte_buffer_create(&slice, 1);
    grpc_slice_unref(slice);
    free(inner);
    free(outer);
    return buffer;
}

void message_list_add(struct message_list *list, grpc_byte_buffer *buffer) {
    if (list->count == list->capacity) {
        list->capacity = list->capacity == 0 ? 256 : list->capacity * 2;
        list->buffers = checked(realloc(list->buffers, list->capacity * sizeof *list->buffers));
    }
    list->buffers[list->count++] = buffer;
}

void message_list_free(struct message_list *list) {
    for (size_t index = 0; index < list->count; index++) grpc_byte_buffer_destroy(list->buffers[index]);
    free(list->buffers);
}

static uint64_t read_number(const uint8_t **at, const uint8_t *end) {
    uint64_t number = 0;
    for (int shift = 0; *at < end && shift < 64; shift += 7) {
        uint8_t byte = *(*at)++;
        number |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80) break;
    }
    return number;
}

/// The objects that stand directly in a JSON array.
static size_t count_objects(const uint8_t *json, size_t size) {
    size_t objects = 0;
    int depth = 0, quoted = 0;
    for (size_t at = 0; at < size; at++) {
        if (quoted) {
            if (json[at] == '\\') at++;
            else if (json[at] == '"') quoted = 0;
        } else if (json[at] == '"') {
            quoted = 1;
        } else if (json[at] == '{' || json[at] == '[') {
            objects += json[at] == '{' && depth == 1;
            depth++;
        } else if (json[at] == '}' || json[at] == ']') {
            depth--;
        }
    }
    return objects;
}

static size_t count_rows(const uint8_t *at, size_t size) {
    const uint8_t *end = at + size;
    size_t rows = 0;
    while (at < end) {
        uint64_t tag = read_number(&at, end);
        uint64_t value = (tag & 7) == 0 || (tag & 7) == 2 ? read_number(&at, end) : (tag & 7) == 1 ? 8 : 4;
        if ((tag & 7) == 0) continue;
        if (value > (uint64_t)(end - at)) break;
        if (tag == tag_response_rows) rows += count_objects(at, value);
        at += value;
    }
    return rows;
}

void message_list_count(const struct message_list *list, size_t *rows, size_t *bytes) {
    for (size_t index = 0; index < list->count; index++) {
        grpc_byte_buffer_reader reader;
        if (!grpc_byte_buffer_reader_init(&reader, list->buffers[index])) continue;
        grpc_slice whole = grpc_byte_buffer_reader_readall(&reader);
        grpc_byte_buffer_reader_destroy(&reader);
        *rows += count_rows(GRPC_SLICE_START_PTR(whole), GRPC_SLICE_LENGTH(whole));
        *bytes += GRPC_SLICE_LENGTH(whole);
        grpc_slice_unref(whole);
    }
}
