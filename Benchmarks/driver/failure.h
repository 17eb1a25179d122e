// SPDX-License-Identifier: Apache-2.0

#ifndef BENCHMARK_FAILURE_H
#define BENCHMARK_FAILURE_H

/// Says why on standard error, ends the child and the program with status 1.
_Noreturn void fail(const char *format, ...) __attribute__((format(printf, 1, 2)));

/// After so many seconds, or at a request to end, the child is ended and the program fails.
void fail_after(unsigned seconds);

#endif
