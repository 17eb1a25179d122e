// SPDX-License-Identifier: Apache-2.0

#ifndef BENCHMARK_ANSWER_H
#define BENCHMARK_ANSWER_H

#include "wire.h"

#include <stdint.h>

enum answer_kind { ANSWER_RESULT, ANSWER_FAILURE, ANSWER_NOTIFICATION };

struct answer {
    enum answer_kind kind;
    uint32_t id;
};

/// Reads of a line only what a measurement needs, at the same small cost for every server.
struct answer answer_read(struct line line);

#endif
