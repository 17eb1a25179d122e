// SPDX-License-Identifier: Apache-2.0

import Glibc
import MegaraptorErrors

/// A running child with its three pipes. Used on one thread.
struct RunningChild: ~Copyable {
    private let id: pid_t
    private let deadline: ContinuousClock.Instant
    private let limit: Int
    private var input: ArraySlice<UInt8>
    /// Its standard input, output and errors on our side; -1 when closed.
    private var ends: [Int32]
    private var texts: [[UInt8]] = [[], [], []]

    init(_ command: ChildCommand) throws(MegaraptorError) {
        let pipes = try ChildPipes()
        let id = try pipes.spawn(command.words, command.environment.map { "\($0.key)=\($0.value)" })
        self.id = id
        deadline = .now + command.timeLimit
        limit = command.outputLimit
        input = command.input[...]
        ends = pipes.ours
    }

    deinit { for end in ends where end >= 0 { close(end) } }

    mutating func follow(_ isCancelled: CancellationMark) throws(MegaraptorError) -> ChildResult {
        if input.isEmpty { shut(0) }
        while ends[1] >= 0 || ends[2] >= 0 {
            try check(isCancelled)
            var waited = ends.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            waited[0].events = Int16(POLLOUT)
            // Short, because cancellation rings no bell here.
            guard poll(&waited, 3, 50) > 0 else { continue }
            if waited[0].revents != 0 { send() }
            for index in 1...2 where waited[index].revents != 0 { receive(index) }
        }
        return ChildResult(
            status: awaitEnd(),
            output: String(decoding: texts[1], as: UTF8.self),
            errors: String(decoding: texts[2], as: UTF8.self)
        )
    }

    private mutating func send() {
        let count = input.withUnsafeBytes { write(ends[0], $0.baseAddress, min($0.count, 65_536)) }
        if count > 0 { input = input.dropFirst(count) }
        // A reader that went away does not want the rest.
        if input.isEmpty || (count < 0 && errno != EAGAIN && errno != EINTR) { shut(0) }
    }

    private mutating func receive(_ index: Int) {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = read(ends[index], &buffer, buffer.count)
        if count > 0 {
            texts[index].append(contentsOf: buffer[..<min(count, max(0, limit - texts[index].count))])
        } else if count == 0 || (errno != EAGAIN && errno != EINTR) {
            shut(index)
        }
    }

    private mutating func shut(_ index: Int) {
        if ends[index] >= 0 { close(ends[index]) }
        ends[index] = -1
    }

    private func check(_ isCancelled: CancellationMark) throws(MegaraptorError) {
        let isLate = deadline <= .now
        guard isCancelled.isSet || isLate else { return }
        kill(-id, SIGKILL)
        _ = awaitEnd()
        throw isLate
            ? MegaraptorError(.deadlineExceeded, "A command on this machine did not end in time and was killed.")
            : MegaraptorError(.cancelled, "A command on this machine was cancelled and killed.")
    }

    private func awaitEnd() -> Int32 {
        var status: Int32 = 0
        while waitpid(id, &status, 0) < 0, errno == EINTR {}
        let signal = status & 0x7f
        return signal == 0 ? (status >> 8) & 0xff : 128 + signal
    }
}
