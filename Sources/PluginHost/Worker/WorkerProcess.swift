// SPDX-License-Identifier: Apache-2.0

internal import CWorker
internal import Dispatch
internal import Glibc
internal import PluginManifest
internal import Synchronization

/// One worker's process, from its start to the moment when nothing of it is left.
final class WorkerProcess: Sendable {
    private struct State {
        /// `nil` before the start and after the end: then the number may be another's.
        var pid: pid_t?
        /// Why the host wants it gone.
        var fault: String?
    }

    private let state = Mutex(State())
    private let over = DispatchGroup()

    /// The descriptor on which a worker finds the host.
    static let socketDescriptor: Int32 = 3

    init() { over.enter() }

    var pid: pid_t? { state.withLock { $0.pid } }

    /// Starts the process and stays until it has ended.
    ///
    /// The kernel kills a worker when the thread that started it ends, so that thread has to wait here.
    ///
    /// - Parameter drained: called when the process is gone, before its number may be used again.
    func run(
        _ settings: WorkerSettings,
        for manifest: PluginManifest,
        socket: Int32,
        drained: () -> Void
    ) -> WorkerEnd {
        defer { over.leave() }
        let (child, status) = Self.spawn(settings, manifest, socket)
        close(socket)
        guard let child else {
            drained()
            return WorkerEnd("could not be started: \(String(cString: strerror(status)))", isOwnFault: false)
        }
        let isUnwanted = state.withLock { state in
            state.pid = child
            return state.fault != nil
        }
        if isUnwanted { signal(SIGKILL) }
        var info = siginfo_t()
        while waitid(P_PID, id_t(child), &info, Int32(WEXITED) | Int32(WNOWAIT)) < 0, errno == EINTR {}
        // What it started goes with it: it led a session of its own.
        kill(-child, SIGKILL)
        drained()
        return reap(child, settings.limits)
    }

    private func reap(_ child: pid_t, _ limits: WorkerLimits) -> WorkerEnd {
        var status: Int32 = 0
        var usage = rusage()
        let (reaped, fault) = state.withLock { state in
            state.pid = nil
            return (wait4(child, &status, 0, &usage), state.fault)
        }
        // What ended it before the host could is the better reason.
        if let fault, status & 0x7F == SIGKILL { return WorkerEnd(fault, isOwnFault: true) }
        guard reaped == child else { return WorkerEnd("ended, and somebody else took the reason", isOwnFault: false) }
        return WorkerEnd(status: status, usage: usage, limits: limits)
    }

    // MARK: - Ending it

    /// Kills it for a fault of its own; the first reason counts.
    func end(because fault: String) {
        state.withLock { if $0.fault == nil { $0.fault = fault } }
        signal(SIGKILL)
    }

    func signal(_ number: Int32) {
        state.withLock { state in
            if let pid = state.pid { kill(pid, number) }
        }
    }

    /// Whether it is gone within the time.
    func isOver(within duration: DispatchTimeInterval) -> Bool {
        over.wait(timeout: .now() + duration) == .success
    }

    // MARK: - Starting it

    private static func spawn(
        _ settings: WorkerSettings,
        _ manifest: PluginManifest,
        _ socket: Int32
    ) -> (pid_t?, Int32) {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        // Whatever it prints is for the log.
        posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, socket, socketDescriptor)
        worker_close_from(&actions, socketDescriptor + 1)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        worker_begin_afresh(&attributes)
        // The plugin's id is for whoever looks at the list of processes.
        let words = (["megaraptor-mcp"] + settings.arguments + [manifest.id]).map { strdup($0) } + [nil]
        let variables = settings.environment(for: manifest).map { strdup($0) } + [nil]
        defer { for text in words + variables { free(text) } }
        var child: pid_t = 0
        let status = posix_spawn(&child, settings.program, &actions, &attributes, words, variables)
        return (status == 0 ? child : nil, status)
    }
}
