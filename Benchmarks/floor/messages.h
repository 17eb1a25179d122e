// SPDX-License-Identifier: Apache-2.0
//
// The two messages of proto.API/Query, as far as the floor needs them.

#ifndef BENCHMARK_MESSAGES_H
#define BENCHMARK_MESSAGES_H

#include <grpc/byte_buffer.h>
#include <stddef.h>

struct message_list {
    grpc_byte_buffer **buffers;
    size_t count, capacity;
};

/// A VQLCollectorArgs of one query with 1000 rows to a message.
grpc_byte_buffer *query_request(const char *query);

/// Keeps a message. The list owns it.
void message_list_add(struct message_list *list, grpc_byte_buffer *buffer);

/// How many rows all VQLResponse messages hold, and of how many bytes they are.
void message_list_count(const struct message_list *list, size_t *rows, size_t *bytes);

void message_list_free(struct message_list *list);

#endif
