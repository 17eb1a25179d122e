// SPDX-License-Identifier: Apache-2.0

internal import Glibc
public import Logging
internal import Synchronization

/// Writes log lines to standard error, where no protocol runs.
///
/// A client that does not drain standard error must not stop the host: a line that cannot be written at once is dropped.
public struct StandardErrorLogHandler: LogHandler {
    public var metadata: Logger.Metadata = [:]
    public var logLevel: Logger.Level

    private let label: String

    /// A pipe with room at all takes this much at once; longer lines are cut.
    private static let longestLine = 4096
    /// Two writers must not share the room that one of them has found.
    private static let writing = Mutex(())

    public init(label: String, level: Logger.Level = .info) {
        self.label = label
        logLevel = level
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        let text = "\(label): \(event.level): \(Self.printable("\(event.message)"))"
        let line = Array(text.utf8.prefix(Self.longestLine - 1)) + [UInt8(ascii: "\n")]
        Self.writing.withLock { _ in
            var poller = pollfd(fd: STDERR_FILENO, events: Int16(POLLOUT), revents: 0)
            guard poll(&poller, 1, 0) == 1 else { return }
            _ = line.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
        }
    }

    /// Control characters would let a message forge further lines or move the terminal's cursor.
    static func printable(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        return text.unicodeScalars.reduce(into: "") { line, scalar in
            if isControl(scalar) {
                line += "\\x" + String(scalar.value + 0x100, radix: 16).suffix(2)
            } else {
                line.unicodeScalars.append(scalar)
            }
        }
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .control
    }
}
