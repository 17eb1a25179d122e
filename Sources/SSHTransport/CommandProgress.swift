// SPDX-License-Identifier: Apache-2.0

/// How far a running command has come.
struct CommandProgress {
    /// Before the shell's number, on its second output.
    static let mark = "megaraptor-shell:"
    /// A login shell that talks more than this before the command is not waited for.
    private static let longestPreface = 64 << 10

    var input: ArraySlice<UInt8>
    var isInputOpen = true
    var output: CommandOutput
    private var told: CommandOutput
    /// The shell's number there, which is that of its group too; `nil` until it has told it.
    private(set) var process: Int32?
    /// What came on the second output before that; `nil` after it.
    private var preface: [UInt8]? = []

    init(_ command: SSHCommand) {
        input = command.input[...]
        output = CommandOutput(limit: command.outputLimit)
        told = CommandOutput(limit: command.outputLimit)
    }

    /// What the command itself said on its second output. What a login shell says before it (its settings run first) is
    /// left out; where the shell never told its number, all is taken for the command's.
    var errors: CommandOutput {
        guard let preface else { return told }
        var whole = CommandOutput(limit: told.limit)
        preface.withUnsafeBytes { whole.append($0) }
        return whole
    }

    mutating func appendErrors(_ bytes: [UInt8]) {
        guard var preface else { return bytes.withUnsafeBytes { told.append($0) } }
        preface += bytes
        guard let (number, rest) = Self.number(in: preface) else {
            if preface.count < Self.longestPreface { return self.preface = preface }
            self.preface = nil
            return preface.withUnsafeBytes { told.append($0) }
        }
        self.preface = nil
        process = number
        rest.withUnsafeBytes { told.append($0) }
    }

    private static func number(in bytes: [UInt8]) -> (Int32, ArraySlice<UInt8>)? {
        var start = bytes.startIndex
        while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
            let line = bytes[start..<end]
            if line.starts(with: mark.utf8),
                let number = Int32(String(decoding: line.dropFirst(mark.utf8.count), as: UTF8.self))
            {
                return (number, bytes[(end + 1)...])
            }
            start = end + 1
        }
        return nil
    }
}
