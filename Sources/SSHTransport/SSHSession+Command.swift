// SPDX-License-Identifier: Apache-2.0

internal import CSSH
internal import MegaraptorErrors

extension SSHSession {
    /// Runs a command to its end. One that is given up is ended there, with all that it started.
    ///
    /// SSH's own signals do not reach a command of root's on OpenSSH, so the shell tells its number first, and a
    /// command that is given up is killed by that.
    func run(_ command: SSHCommand) throws(MegaraptorError) -> SSHCommandResult {
        let channel = try SSHChannel(self)
        defer { channel.close() }
        let line = "exec /bin/sh -c " + ShellWord.literal("echo \(CommandProgress.mark)$$ >&2\n" + command.line)
        try channel.start({ ssh_channel_request_exec($0, line) }, "to run a command")
        var progress = CommandProgress(command)
        do throws(MegaraptorError) {
            try follow(channel, &progress)
            return try ending(of: channel, progress)
        } catch {
            guard error.code == .cancelled || error.code == .deadlineExceeded, pointer != nil else { throw error }
            throw givenUp(error, isEnded: end(progress.process))
        }
    }

    private func follow(_ channel: SSHChannel, _ progress: inout CommandProgress) throws(MegaraptorError) {
        while true {
            var hasMoved = false
            if progress.isInputOpen, progress.input.isEmpty || channel.isClosed {
                channel.sendEnd()
                progress.isInputOpen = false
            } else if progress.isInputOpen {
                let count = try channel.write(progress.input.prefix(64 << 10))
                progress.input = progress.input.dropFirst(count)
                hasMoved = count > 0
            }
            try channel.pump()
            let (output, errors) = (channel.takeOutput(), channel.takeErrors())
            output.withUnsafeBytes { progress.output.append($0) }
            if !errors.isEmpty { progress.appendErrors(errors) }
            if !output.isEmpty || !errors.isEmpty { hasMoved = true }
            if hasMoved {
                try control.check()
            } else if channel.isClosed {
                return
            } else {
                try wait()
            }
        }
    }

    private func ending(of channel: SSHChannel, _ progress: CommandProgress) throws(MegaraptorError) -> SSHCommandResult
    {
        let told = channel.told
        let ending: SSHCommandResult.Ending =
            told.signal.map { .signalled($0) } ?? told.status.map { .exited($0) } ?? .untold
        if ending == .untold, pointer.map({ ssh_is_connected($0) == 0 }) ?? true { throw lost("a command ran") }
        return SSHCommandResult(ending: ending, output: progress.output, errors: progress.errors)
    }

    /// Ends a command and its children. - Returns: whether that went well.
    private func end(_ process: Int32?) -> Bool {
        guard let process else { return false }
        let before = control
        control = JobControl(limit: .seconds(20))
        defer { control = before }
        let line = "kill -s TERM -- -\(process) 2>/dev/null || kill -s TERM \(process)"
        let result = try? run(SSHCommand(line: line, outputLimit: 1000))
        return result?.isSuccess ?? false
    }

    private func givenUp(_ error: MegaraptorError, isEnded: Bool) -> MegaraptorError {
        let isCancelled = error.code == .cancelled
        return MegaraptorError(
            error.code,
            "A command on \(destination.name) \(isCancelled ? "was cancelled" : "did not end in time"). "
                + (isEnded ? "It was told to end" : "It may still run there")
                + "; what it has done until then stays done.",
            hint: isCancelled ? "" : "Look at what it waits for, or give it more time."
        )
    }
}
