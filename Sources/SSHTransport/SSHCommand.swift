// SPDX-License-Identifier: Apache-2.0

public import MegaraptorErrors

/// A command for the far side's login shell.
public struct SSHCommand: Sendable {
    /// The whole line as the shell reads it. Visible to everybody on that machine: never a secret in it.
    public var line: String
    /// Given to its standard input, which is then closed. The place for secrets.
    public var input: [UInt8]
    /// Of each output this much is kept; the rest is read, counted and dropped.
    public var outputLimit: Int
    /// After this the command is told to end, and the call fails with `deadline_exceeded`.
    public var timeLimit: Duration

    public init(line: String, input: [UInt8] = [], outputLimit: Int = 1 << 20, timeLimit: Duration = .seconds(60)) {
        self.line = line
        self.input = input
        self.outputLimit = outputLimit
        self.timeLimit = timeLimit
    }

    /// A command out of words, each of which reaches the program as it is.
    public init(
        _ words: [String],
        input: [UInt8] = [],
        outputLimit: Int = 1 << 20,
        timeLimit: Duration = .seconds(60)
    ) throws(MegaraptorError) {
        self.init(
            line: try ShellWord.line(words),
            input: input,
            outputLimit: outputLimit,
            timeLimit: timeLimit
        )
    }
}
