// SPDX-License-Identifier: Apache-2.0

#include "failure.h"

#include "child.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

_Noreturn void fail(const char *format, ...) {
    va_list values;
    va_start(values, format);
    fputs("driver: ", stderr);
    vfprintf(stderr, format, values);
    fputc('\n', stderr);
    va_end(values);
    child_abandon();
    exit(1);
}

static void give_up(int signal) {
    static const char late[] = "driver: the time is over\n";
    child_abandon();
    if (signal == SIGALRM && write(STDERR_FILENO, late, sizeof late - 1) < 0) _exit(2);
    _exit(1);
}

void fail_after(unsigned seconds) {
    struct sigaction action = {.sa_handler = give_up};
    sigemptyset(&action.sa_mask);
    sigaction(SIGALRM, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    // A child that is gone is seen as a failed write.
    signal(SIGPIPE, SIG_IGN);
    alarm(seconds);
}
