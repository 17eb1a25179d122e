// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Lines for the operator on standard error. A line that does not fit now is dropped: nothing ever waits for a reader.
public struct DiagnosticLog: Sendable {
    private let output: OutputDescriptor

    /// Longer lines are cut; a pipe takes this much in one piece.
    private static let longestLine = 4096

    /// Writes to standard error.
    public init() {
        self.init(descriptor: STDERR_FILENO)
    }

    public init(descriptor: Int32) {
        output = OutputDescriptor(descriptor)
    }

    public func callAsFunction(_ text: String) {
        var line = Array(text.utf8.prefix(Self.longestLine - 1))
        line.append(0x0A)
        guard output.waitForRoom(milliseconds: 0) else { return }
        _ = line.withUnsafeBytes { output.write($0) }
    }
}
