// SPDX-License-Identifier: Apache-2.0

internal import CSSH
internal import MegaraptorErrors

extension SSHSession {
    /// Runs a command to its end. A command that is given up is told to end (SIGTERM) before its channel is closed.
    func run(_ command: SSHCommand) throws(MegaraptorError) -> SSHCommandResult {
        let channel = try SSHChannel(self)
        defer { channel.close() }
        try channel.start({ ssh_channel_request_exec($0, command.line) }, "to run a command")
        do throws(MegaraptorError) {
            return try follow(channel, command)
        } catch {
            guard error.code == .cancelled || error.code == .deadlineExceeded, pointer != nil else { throw error }
            channel.signal("TERM")
            throw givenUp(error)
        }
    }

    private func follow(_ channel: SSHChannel, _ command: SSHCommand) throws(MegaraptorError) -> SSHCommandResult {
        var input = command.input[...]
        var isInputOpen = true
        var output = CommandOutput(limit: command.outputLimit)
        var errors = CommandOutput(limit: command.outputLimit)
        while true {
            var hasMoved = false
            if isInputOpen, input.isEmpty || channel.isClosed {
                channel.sendEnd()
                isInputOpen = false
            } else if isInputOpen {
                let count = try channel.write(input.prefix(64 << 10))
                input = input.dropFirst(count)
                hasMoved = count > 0
            }
            if try channel.read(fromErrors: false, { output.append($0) }) { hasMoved = true }
            if try channel.read(fromErrors: true, { errors.append($0) }) { hasMoved = true }
            if hasMoved {
                try control.check()
            } else if channel.isClosed {
                break
            } else {
                try wait()
            }
        }
        let told = channel.told
        let ending: SSHCommandResult.Ending =
            told.signal.map { .signalled($0) } ?? told.status.map { .exited($0) } ?? .untold
        if ending == .untold, pointer.map({ ssh_is_connected($0) == 0 }) ?? true { throw lost("a command ran") }
        return SSHCommandResult(ending: ending, output: output, errors: errors)
    }

    private func givenUp(_ error: MegaraptorError) -> MegaraptorError {
        let isCancelled = error.code == .cancelled
        return MegaraptorError(
            error.code,
            "A command on \(destination.name) \(isCancelled ? "was cancelled" : "did not end in time"). It was told to "
                + "end; what it had done until then stays done.",
            hint: isCancelled ? "" : "Look at what it waits for, or give it more time."
        )
    }
}
