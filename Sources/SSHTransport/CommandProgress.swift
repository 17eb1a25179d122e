// SPDX-License-Identifier: Apache-2.0

/// How far a running command has come.
struct CommandProgress {
    var input: ArraySlice<UInt8>
    var isInputOpen = true
    var output: CommandOutput
    private(set) var errors: CommandOutput
    /// The shell's number there, which is that of its group too; `nil` until it has told it.
    private(set) var process: Int32?
    /// What came before the first line break of the second output; `nil` after it.
    private var head: [UInt8]? = []

    init(_ command: SSHCommand) {
        input = command.input[...]
        output = CommandOutput(limit: command.outputLimit)
        errors = CommandOutput(limit: command.outputLimit)
    }

    /// Takes the shell's number off the beginning; what is no number is the command's own words.
    mutating func appendErrors(_ bytes: UnsafeRawBufferPointer) {
        guard var head else { return errors.append(bytes) }
        head.append(contentsOf: bytes)
        guard let end = head.firstIndex(of: UInt8(ascii: "\n")) else {
            if head.count < 12 { return self.head = head }
            self.head = nil
            return head.withUnsafeBytes { errors.append($0) }
        }
        process = Int32(String(decoding: head[..<end], as: UTF8.self))
        self.head = nil
        let rest = process == nil ? head[...] : head[(end + 1)...]
        rest.withUnsafeBytes { errors.append($0) }
    }
}
