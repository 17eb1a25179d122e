// SPDX-License-Identifier: Apache-2.0

/// One line of a query's log, and what it means.
///
/// The server reports nearly every failure here, under a status of success, and in free text: a line is a failure
/// unless it is known to be something else.
public struct LogLine: Sendable, Hashable {
    public enum Kind: Sendable, Hashable {
        /// The server about its own work.
        case noise
        /// What a query wrote with `log()` or `alert()`.
        case note
        case warning
        case failure
    }

    public let kind: Kind
    /// Without the line feed at its end.
    public let text: String

    public init(_ line: String) {
        let end = line.lastIndex { !$0.isWhitespace }.map(line.index(after:)) ?? line.startIndex
        text = String(line[..<end])
        kind = Self.kind(of: text)
    }

    /// What a level in front of a line says. `log(level='ERROR')` lets a query forge the first.
    private static let levels: [(prefix: String, kind: Kind)] = [
        ("VQL Error:", .failure),
        ("ERROR:", .failure),
        ("WARN:", .warning),
        ("DEBUG:", .noise),
        ("INFO:", .note),
        ("DEFAULT:", .note),
        ("ALERT:", .note),
    ]

    /// Lines without a level that tell of no failure.
    private static let harmless = [
        "Starting query execution.",
        "query: running query ",
        "Applying remapping ",
        "execve: Running external command ",
    ]

    private static func kind(of text: String) -> Kind {
        if let level = levels.first(where: { text.hasPrefix($0.prefix) }) { return level.kind }
        let isHarmless =
            text.isEmpty
            || harmless.contains { text.hasPrefix($0) }
            || text.hasPrefix("Time ") && text.contains(": Sending response part ")
            || text.hasPrefix("memoize ") && text.contains(": Filled cache")
        return isHarmless ? .noise : .failure
    }
}
