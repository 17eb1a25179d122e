// SPDX-License-Identifier: Apache-2.0

/// One line of a query's log.
public struct LogLine: Sendable, Hashable {
    /// The prefix of the line; ``plain`` has none.
    public enum Level: String, Sendable, Hashable {
        case plain = ""
        case `default` = "DEFAULT:"
        case debug = "DEBUG:"
        case info = "INFO:"
        case warning = "WARN:"
        case error = "ERROR:"
        case alert = "ALERT:"
    }

    public var level: Level
    public var message: String

    public init(_ level: Level, _ message: String) {
        self.level = level
        self.message = message
    }

    /// The line as it is sent, without the newline at its end.
    public var text: String { level.rawValue + message }
}
