// SPDX-License-Identifier: Apache-2.0
//
// The floor of a query: its messages are received by the C core and thrown away. Nothing is read, checked or passed on
// while the clock runs; rows are counted afterwards.

#include "messages.h"

#include <grpc/byte_buffer.h>
#include <grpc/byte_buffer_reader.h>
#include <grpc/grpc.h>
#include <grpc/grpc_security.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char usage[] = "usage: drain ADDRESS FOLDER TIMES QUERY, with ca.pem, cert.pem and key.pem in FOLDER\n";

enum tag { TAG_SENT = 1, TAG_STATUS, TAG_MESSAGE };

struct drained {
    uint64_t took_ns;
    size_t rows, messages, bytes;
};

struct call {
    grpc_call *call;
    grpc_completion_queue *queue;
    grpc_metadata_array initial, trailing;
    grpc_status_code status;
    grpc_slice details;
    grpc_byte_buffer *message;
};

static uint64_t now_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static _Noreturn void give_up(const char *what, const char *why) {
    fprintf(stderr, "drain: %s: %s\n", what, why);
    exit(1);
}

static char *contents(const char *folder, const char *name) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "r");
    char *text = calloc(1, 1 << 16);
    if (file == NULL || text == NULL || fread(text, 1, (1 << 16) - 1, file) == 0) give_up(path, "cannot be read");
    fclose(file);
    return text;
}

static grpc_channel *connect_channel(const char *address, const char *folder) {
    char *authority = contents(folder, "ca.pem");
    char *key = contents(folder, "key.pem");
    char *certificate = contents(folder, "cert.pem");
    grpc_ssl_pem_key_cert_pair pair = {key, certificate};
    grpc_channel_credentials *credentials = grpc_ssl_credentials_create(authority, &pair, NULL, NULL);
    char name[] = "VelociraptorServer", override[] = GRPC_SSL_TARGET_NAME_OVERRIDE_ARG;
    char limit[] = GRPC_ARG_MAX_RECEIVE_MESSAGE_LENGTH;
    grpc_arg values[] = {
        {.type = GRPC_ARG_STRING, .key = override, .value.string = name},
        {.type = GRPC_ARG_INTEGER, .key = limit, .value.integer = -1},
    };
    grpc_channel_args arguments = {sizeof values / sizeof values[0], values};
    grpc_channel *channel = grpc_channel_create(address, credentials, &arguments);
    grpc_channel_credentials_release(credentials);
    free(authority);
    free(key);
    free(certificate);
    return channel;
}

static void start(struct call *call, grpc_op *operations, size_t count, intptr_t tag) {
    if (grpc_call_start_batch(call->call, operations, count, (void *)tag, NULL) != GRPC_CALL_OK) {
        give_up("call", "a batch was refused");
    }
}

static void send_request(struct call *call, grpc_byte_buffer *request) {
    grpc_op sending[] = {
        {.op = GRPC_OP_SEND_INITIAL_METADATA},
        {.op = GRPC_OP_SEND_MESSAGE, .data.send_message.send_message = request},
        {.op = GRPC_OP_SEND_CLOSE_FROM_CLIENT},
        {.op = GRPC_OP_RECV_INITIAL_METADATA, .data.recv_initial_metadata.recv_initial_metadata = &call->initial},
    };
    start(call, sending, 4, TAG_SENT);
    grpc_op ending = {.op = GRPC_OP_RECV_STATUS_ON_CLIENT};
    ending.data.recv_status_on_client.trailing_metadata = &call->trailing;
    ending.data.recv_status_on_client.status = &call->status;
    ending.data.recv_status_on_client.status_details = &call->details;
    start(call, &ending, 1, TAG_STATUS);
}

static void ask_for_message(struct call *call) {
    grpc_op receiving = {.op = GRPC_OP_RECV_MESSAGE, .data.recv_message.recv_message = &call->message};
    start(call, &receiving, 1, TAG_MESSAGE);
}

/// Receives until the status is there. The messages are kept as they came.
static struct message_list receive_all(struct call *call) {
    struct message_list list = {0};
    ask_for_message(call);
    // The sending batch, the status and the last, empty message.
    for (int open = 3; open > 0;) {
        grpc_event event = grpc_completion_queue_next(call->queue, gpr_inf_future(GPR_CLOCK_REALTIME), NULL);
        if ((intptr_t)event.tag == TAG_MESSAGE && call->message != NULL) {
            message_list_add(&list, call->message);
            call->message = NULL;
            ask_for_message(call);
        } else {
            open--;
        }
    }
    return list;
}

static struct drained drain(grpc_channel *channel, grpc_completion_queue *queue, const char *query) {
    struct call call = {.queue = queue};
    grpc_metadata_array_init(&call.initial);
    grpc_metadata_array_init(&call.trailing);
    uint64_t begin = now_ns();
    grpc_byte_buffer *request = query_request(query);
    grpc_slice method = grpc_slice_from_static_string("/proto.API/Query");
    gpr_timespec deadline =
        gpr_time_add(gpr_now(GPR_CLOCK_REALTIME), gpr_time_from_seconds(120, GPR_TIMESPAN));
    call.call = grpc_channel_create_call(channel, NULL, GRPC_PROPAGATE_DEFAULTS, queue, method, NULL, deadline, NULL);
    send_request(&call, request);
    struct message_list list = receive_all(&call);
    uint64_t end = now_ns();
    if (call.status != GRPC_STATUS_OK) give_up("query", grpc_slice_to_c_string(call.details));

    struct drained drained = {.took_ns = end - begin, .messages = list.count};
    message_list_count(&list, &drained.rows, &drained.bytes);
    message_list_free(&list);
    grpc_byte_buffer_destroy(request);
    grpc_metadata_array_destroy(&call.initial);
    grpc_metadata_array_destroy(&call.trailing);
    grpc_slice_unref(call.details);
    grpc_call_unref(call.call);
    return drained;
}

int main(int count, char *arguments[]) {
    if (count != 5) {
        fputs(usage, stderr);
        return 2;
    }
    grpc_init();
    grpc_completion_queue *queue = grpc_completion_queue_create_for_next(NULL);
    grpc_channel *channel = connect_channel(arguments[1], arguments[2]);
    // The first one opens the connection and is not told.
    drain(channel, queue, arguments[4]);
    for (int times = atoi(arguments[3]); times > 0; times--) {
        struct drained drained = drain(channel, queue, arguments[4]);
        printf("{\"took_ns\":%" PRIu64 ",\"rows\":%zu,\"messages\":%zu,\"bytes\":%zu}\n", drained.took_ns, drained.rows,
               drained.messages, drained.bytes);
    }
    grpc_channel_destroy(channel);
    grpc_completion_queue_shutdown(queue);
    grpc_event event;
    do {
        event = grpc_completion_queue_next(queue, gpr_inf_future(GPR_CLOCK_REALTIME), NULL);
    } while (event.type != GRPC_QUEUE_SHUTDOWN);
    grpc_completion_queue_destroy(queue);
    grpc_shutdown();
    return 0;
}
