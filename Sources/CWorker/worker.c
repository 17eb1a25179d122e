// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE

#include "worker.h"

#include <signal.h>
#include <sys/prctl.h>

int worker_die_with_parent(void) {
    return prctl(PR_SET_PDEATHSIG, SIGKILL);
}

int worker_close_from(posix_spawn_file_actions_t *actions, int descriptor) {
    return posix_spawn_file_actions_addclosefrom_np(actions, descriptor);
}

int worker_begin_afresh(posix_spawnattr_t *attributes) {
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(attributes, &none);
    posix_spawnattr_setsigdefault(attributes, &all);
    return posix_spawnattr_setflags(
        attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
}
