// SPDX-License-Identifier: Apache-2.0

/// A glob as clients take it: `*` and `?` within a name, `**` over folders, `{a,b}` for either.
///
/// Both separators are taken for one, and letters match in either case.
struct GlobPattern: Sendable {
    private let alternatives: [[[Character]]]

    init(_ text: String) {
        alternatives = Self.expanded(text).map(Self.parts)
    }

    func matches(_ path: String) -> Bool {
        let parts = Self.parts(path)
        return alternatives.contains { Self.matches($0[...], parts[...]) }
    }

    private static func parts(_ text: String) -> [[Character]] {
        text.lowercased().split { $0 == "/" || $0 == "\\" }.map(Array.init)
    }

    /// Each text that the braces stand for; they do not nest.
    private static func expanded(_ text: String) -> [String] {
        guard let open = text.firstIndex(of: "{"), let close = text[open...].firstIndex(of: "}") else { return [text] }
        let rest = expanded(String(text[text.index(after: close)...]))
        return text[text.index(after: open)..<close].split(separator: ",", omittingEmptySubsequences: false)
            .flatMap { choice in rest.map { text[..<open] + choice + $0 } }
            .map(String.init)
    }

    private static func matches(_ pattern: ArraySlice<[Character]>, _ path: ArraySlice<[Character]>) -> Bool {
        guard let first = pattern.first else { return path.isEmpty }
        if first == ["*", "*"] {
            let rest = pattern.dropFirst()
            return (0...path.count).contains { skipped in
                // The folder before `**` is not among what lies below it.
                (skipped > 0 || !rest.isEmpty) && matches(rest, path.dropFirst(skipped))
            }
        }
        guard let name = path.first, matchesName(first[...], name[...]) else { return false }
        return matches(pattern.dropFirst(), path.dropFirst())
    }

    private static func matchesName(_ pattern: ArraySlice<Character>, _ name: ArraySlice<Character>) -> Bool {
        guard let first = pattern.first else { return name.isEmpty }
        if first == "*" {
            return (0...name.count).contains { matchesName(pattern.dropFirst(), name.dropFirst($0)) }
        }
        guard let character = name.first, first == "?" || first == character else { return false }
        return matchesName(pattern.dropFirst(), name.dropFirst())
    }
}
