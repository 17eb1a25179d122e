// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE
#include "child.h"

#include "failure.h"
#include "moment.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum { patience_ms = 3000 };

static volatile sig_atomic_t running;

void child_abandon(void) {
    if (running <= 0) return;
    kill((pid_t)running, SIGKILL);
    waitpid((pid_t)running, NULL, 0);
}

struct child child_start(char *const arguments[], const char *log) {
    int to_child[2];
    int from_child[2];
    if (pipe2(to_child, O_CLOEXEC) != 0 || pipe2(from_child, O_CLOEXEC) != 0) fail("pipe: %s", strerror(errno));

    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, to_child[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, from_child[1], STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, log, O_WRONLY | O_CREAT | O_APPEND, 0644);
    // The driver ignores broken pipes. The server must not inherit that.
    posix_spawnattr_t attributes;
    sigset_t broken_pipe;
    sigemptyset(&broken_pipe);
    sigaddset(&broken_pipe, SIGPIPE);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigdefault(&attributes, &broken_pipe);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    pid_t pid;
    int error = posix_spawn(&pid, arguments[0], &actions, &attributes, arguments, environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0) fail("%s: %s", arguments[0], strerror(error));
    running = pid;

    close(to_child[0]);
    close(from_child[1]);
    // Only writing must never block: the child may wait for us to read before it reads on.
    if (fcntl(to_child[1], F_SETFL, O_NONBLOCK) != 0) fail("fcntl: %s", strerror(errno));
    return (struct child){pid, to_child[1], from_child[0]};
}

struct child_memory child_measure(const struct child *child) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/smaps_rollup", (int)child->pid);
    FILE *file = fopen(path, "r");
    if (file == NULL) fail("%s: %s", path, strerror(errno));
    struct child_memory memory = {-1, -1};
    char line[256];
    while (fgets(line, sizeof line, file) != NULL) {
        long value;
        if (sscanf(line, "Rss: %ld kB", &value) == 1) memory.rss_kib = value;
        if (sscanf(line, "Pss: %ld kB", &value) == 1) memory.pss_kib = value;
    }
    fclose(file);
    if (memory.rss_kib < 0 || memory.pss_kib < 0) fail("%s tells no sizes", path);
    return memory;
}

/// Whether the process has exited after at most so long.
static int has_exited(int process, int milliseconds) {
    struct pollfd wait = {.fd = process, .events = POLLIN};
    return poll(&wait, 1, milliseconds) == 1;
}

struct child_end child_finish(struct child *child) {
    int process = (int)syscall(SYS_pidfd_open, child->pid, 0);
    if (process < 0) fail("pidfd_open: %s", strerror(errno));
    uint64_t closed = moment_ns();
    close(child->input);
    if (!has_exited(process, patience_ms)) {
        kill(child->pid, SIGTERM);
        if (!has_exited(process, patience_ms)) kill(child->pid, SIGKILL);
    }
    int status;
    if (waitpid(child->pid, &status, 0) != child->pid) fail("waitpid: %s", strerror(errno));
    struct child_end end = {
        .status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status),
        .took_ns = moment_ns() - closed,
    };
    running = 0;
    close(child->output);
    close(process);
    return end;
}
