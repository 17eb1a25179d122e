// SPDX-License-Identifier: Apache-2.0
//
// What starting a worker needs of Linux and Swift cannot reach: extensions of the C library and a variadic function.

#ifndef MEGARAPTOR_WORKER_H
#define MEGARAPTOR_WORKER_H

#include <spawn.h>

/// Has the kernel kill this process when the thread that started it ends. Returns 0, or -1 and errno.
int worker_die_with_parent(void);

/// Closes every descriptor from this number on in the child.
int worker_close_from(posix_spawn_file_actions_t *actions, int descriptor);

/// Starts the child in a session of its own, with no signal blocked or ignored.
int worker_begin_afresh(posix_spawnattr_t *attributes);

#endif
