// SPDX-License-Identifier: Apache-2.0

/// An RFC 6570 template of level 1: literal text and `{variable}` places.
struct URITemplate: Sendable, Hashable {
    private enum Part: Hashable {
        case literal([UInt8])
        case variable(String)
    }

    private let parts: [Part]

    init(_ text: String) {
        var parts: [Part] = []
        var rest = text[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            if open > rest.startIndex { parts.append(.literal(Array(rest[..<open].utf8))) }
            parts.append(.variable(String(rest[rest.index(after: open)..<close])))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { parts.append(.literal(Array(rest.utf8))) }
        self.parts = parts
    }

    /// The names of the variables, in order.
    var variables: [String] {
        parts.compactMap { part in
            guard case .variable(let name) = part else { return nil }
            return name
        }
    }

    /// Whether an address can come out of the template.
    func matches(_ uri: String) -> Bool {
        Self.match(parts[...], Array(uri.utf8)[...])
    }

    private static func match(_ parts: ArraySlice<Part>, _ text: ArraySlice<UInt8>) -> Bool {
        guard let part = parts.first else { return text.isEmpty }
        switch part {
        case .literal(let literal):
            return text.starts(with: literal) && match(parts.dropFirst(), text.dropFirst(literal.count))
        case .variable:
            // A variable takes what an expansion can hold: at least one character, none that separates.
            var length = text.prefix { isExpanded($0) }.count
            while length > 0 {
                if match(parts.dropFirst(), text.dropFirst(length)) { return true }
                length -= 1
            }
            return false
        }
    }

    /// Unreserved characters and percent escapes.
    private static func isExpanded(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "%"): true
        default: false
        }
    }
}
