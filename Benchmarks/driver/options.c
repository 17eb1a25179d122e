// SPDX-License-Identifier: Apache-2.0

#include "options.h"

#include "failure.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "usage: driver [options] -- program [argument…]\n"
    "  --method NAME       ask this; without it only the start is measured\n"
    "  --params FILE       with these params, a JSON text\n"
    "  --count N           at most so many requests\n"
    "  --seconds S         for at most so long\n"
    "  --warm N            after so many requests that are not measured\n"
    "  --window N          so many in flight, 1 if not given\n"
    "  --idle MS           then rest and read the server's memory\n"
    "  --answer FILE       keep the last answer\n"
    "  --log FILE          the server's standard error\n"
    "  --timeout SECONDS   give up after so long, 120 if not given\n";

static const struct option names[] = {
    {"method", required_argument, NULL, 'm'},  {"params", required_argument, NULL, 'p'},
    {"count", required_argument, NULL, 'c'},   {"seconds", required_argument, NULL, 's'},
    {"warm", required_argument, NULL, 'w'},    {"window", required_argument, NULL, 'f'},
    {"idle", required_argument, NULL, 'i'},    {"answer", required_argument, NULL, 'a'},
    {"log", required_argument, NULL, 'l'},     {"timeout", required_argument, NULL, 't'},
    {NULL, 0, NULL, 0},
};

static double number(const char *text) {
    char *end;
    double value = strtod(text, &end);
    if (end == text || *end != '\0' || value < 0) fail("%s is no number", text);
    return value;
}

/// The whole file as a string, to be freed, without the newline at its end, which would cut the message it goes into.
static char *contents(const char *path) {
    FILE *file = fopen(path, "r");
    if (file == NULL) fail("%s: %s", path, strerror(errno));
    if (fseek(file, 0, SEEK_END) != 0) fail("%s: %s", path, strerror(errno));
    long size = ftell(file);
    rewind(file);
    char *text = size < 0 ? NULL : malloc((size_t)size + 1);
    if (text == NULL || fread(text, 1, (size_t)size, file) != (size_t)size) fail("%s cannot be read", path);
    text[size > 0 && text[size - 1] == '\n' ? size - 1 : size] = '\0';
    fclose(file);
    return text;
}

static void apply(struct options *options, int name, char *value) {
    switch (name) {
    case 'm': options->workload.method = value; break;
    case 'p':
        free(options->params_text);
        options->workload.params = options->params_text = contents(value);
        break;
    case 'c': options->workload.count = (uint64_t)number(value); break;
    case 's': options->workload.duration_ns = (uint64_t)(number(value) * 1e9); break;
    case 'w': options->warm = (uint64_t)number(value); break;
    case 'f': options->workload.window = (uint32_t)number(value); break;
    case 'i': options->idle_ms = (long)number(value); break;
    case 'a': options->answer_file = value; break;
    case 'l': options->log = value; break;
    case 't': options->timeout_seconds = (unsigned)number(value); break;
    default:
        fputs(usage, stderr);
        exit(2);
    }
}

struct options options_read(int count, char *arguments[]) {
    struct options options = {
        .workload = {.count = UINT64_MAX, .duration_ns = UINT64_MAX, .window = 1},
        .timeout_seconds = 120,
        .log = "/dev/null",
    };
    int name;
    while ((name = getopt_long(count, arguments, "+", names, NULL)) != -1) apply(&options, name, optarg);
    const struct workload *workload = &options.workload;
    int endless = workload->method != NULL && workload->count == UINT64_MAX && workload->duration_ns == UINT64_MAX;
    if (optind == count || endless || workload->window == 0) {
        fputs(usage, stderr);
        exit(2);
    }
    options.program = arguments + optind;
    return options;
}

void options_free(struct options *options) {
    free(options->params_text);
}
