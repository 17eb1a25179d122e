// SPDX-License-Identifier: Apache-2.0

/// A place inside a JSON document (RFC 6901): `/items/0/name`; the empty pointer is the whole document.
public struct JSONPointer: Sendable, Hashable {
    public var tokens: [String]

    public init(_ tokens: [String] = []) { self.tokens = tokens }

    /// Reads `/a/b~1c`; `nil` where it does not begin with a slash or holds a `~` that is neither `~0` nor `~1`.
    public init?(parsing text: String) {
        guard !text.isEmpty else {
            self.init()
            return
        }
        var parts = text.unicodeScalars.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.removeFirst().isEmpty else { return nil }
        var tokens: [String] = []
        for part in parts {
            guard let token = Self.unescape(part) else { return nil }
            tokens.append(token)
        }
        self.init(tokens)
    }

    public func appending(_ token: String) -> JSONPointer { JSONPointer(tokens + [token]) }

    private static func unescape(_ part: Substring.UnicodeScalarView) -> String? {
        var token = String.UnicodeScalarView()
        var scalars = part.makeIterator()
        while let scalar = scalars.next() {
            guard scalar == "~" else {
                token.append(scalar)
                continue
            }
            switch scalars.next() {
            case "0": token.append("~")
            case "1": token.append("/")
            default: return nil
            }
        }
        return String(token)
    }
}

extension JSONPointer: CustomStringConvertible {
    public var description: String {
        tokens.map { token in
            var text = "/"
            for scalar in token.unicodeScalars {
                switch scalar {
                case "~": text += "~0"
                case "/": text += "~1"
                default: text.unicodeScalars.append(scalar)
                }
            }
            return text
        }
        .joined()
    }
}

extension JSONValue {
    /// The value at a place; `nil` if there is none. Array elements are named by their index without leading zeros.
    public subscript(pointer: JSONPointer) -> JSONValue? {
        var value = self
        for token in pointer.tokens {
            switch value {
            case .object(let object):
                guard let member = object[token] else { return nil }
                value = member
            case .array(let elements):
                guard let index = Int(token), String(index) == token, elements.indices.contains(index) else {
                    return nil
                }
                value = elements[index]
            default: return nil
            }
        }
        return value
    }
}
