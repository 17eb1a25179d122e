// SPDX-License-Identifier: Apache-2.0

#ifndef BENCHMARK_MOMENT_H
#define BENCHMARK_MOMENT_H

#include <stdint.h>
#include <time.h>

/// Nanoseconds on a clock that is never set.
static inline uint64_t moment_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

#endif
