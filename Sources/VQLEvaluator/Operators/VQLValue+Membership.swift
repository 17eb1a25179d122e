// SPDX-License-Identifier: Apache-2.0

extension VQLValue {
    /// `value IN self`: a part of a string, a key of a dictionary, an element of a list.
    func contains(_ value: VQLValue) -> Bool {
        switch (self, value) {
        case (.string(let whole), .string(let part)): whole.contains(part)
        case (.dictionary(let members), .string(let name)): members.row.position(of: name.text) != nil
        case (.list(let values), _): values.contains { $0.isEqual(to: value) }
        default: false
        }
    }

    /// `self =~ pattern`. Of a list any element may match.
    func matches(_ pattern: VQLValue, in context: QueryContext) -> Bool {
        guard case .string(let source) = pattern else { return false }
        if Self.matchingEverything.contains(source) { return true }
        guard let compiled = context.caches.pattern(source, log: { context.log(LogLine(.plain, $0)) }) else {
            return false
        }
        return matches(compiled)
    }

    private static let matchingEverything: Set<VQLString> = ["", ".", ".*"]

    private func matches(_ pattern: Pattern) -> Bool {
        switch self {
        case .null, .bool, .query, .expression, .scope: false
        case .list(let values): values.contains { $0.matches(pattern) }
        default: pattern.matches(displayText)
        }
    }
}
