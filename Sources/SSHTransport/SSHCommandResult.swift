// SPDX-License-Identifier: Apache-2.0

/// How a command ended and what it said.
public struct SSHCommandResult: Sendable, Hashable {
    public enum Ending: Sendable, Hashable {
        case exited(Int32)
        /// The signal's name without `SIG`.
        case signalled(String)
        /// The far side closed without a word about it.
        case untold
    }

    public var ending: Ending
    public var output: CommandOutput
    public var errors: CommandOutput

    public var isSuccess: Bool { ending == .exited(0) }
}
