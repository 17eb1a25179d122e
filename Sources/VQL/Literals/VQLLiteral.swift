// SPDX-License-Identifier: Apache-2.0

/// A value to be written into a query, so that the server reads back exactly this value.
///
/// Foreign data belongs into the request's environment. Where it can not travel there, this is the one way to put it
/// into the text of a query.
public indirect enum VQLLiteral: Sendable, Hashable {
    /// An entry of a dictionary.
    public struct Member: Sendable, Hashable {
        public let key: String
        public let value: VQLLiteral

        public init(key: String, value: VQLLiteral) {
            self.key = key
            self.value = value
        }
    }

    case null
    case boolean(Bool)
    case integer(Int64)
    /// Must be finite.
    case float(Double)
    case string(String)
    /// A VQL string is bytes, of any kind.
    case bytes([UInt8])
    case list([VQLLiteral])
    /// Written as a call of `dict()`. Keys must be writable as names, see ``VQLName``, and differ from each other.
    case dictionary([Member])
}

extension VQLLiteral {
    /// The text, fit for any place where an expression may stand.
    public func text() throws(VQLLiteralError) -> String {
        switch self {
        case .null: return "NULL"
        case .boolean(let value): return value ? "TRUE" : "FALSE"
        case .integer(let value): return String(value)
        case .float(let value):
            guard value.isFinite else { throw .notFinite }
            return NumberLiteral.text(of: value)
        case .string(let value): return Self.quote(value.utf8)
        case .bytes(let value): return Self.quote(value)
        case .list(let elements): return try Self.text(of: elements)
        case .dictionary(let members): return try Self.text(of: members)
        }
    }

    /// The value of an argument, where the empty list has a notation of its own.
    private func argumentText() throws(VQLLiteralError) -> String {
        self == .list([]) ? "[]" : try text()
    }

    /// A trailing comma keeps a list of one from being a scalar. Brackets exist only in arguments, and parentheses
    /// around nothing do not exist, so the empty list is an empty part of another.
    private static func text(of elements: [VQLLiteral]) throws(VQLLiteralError) -> String {
        guard !elements.isEmpty else { return "(0,)[1:]" }
        var texts: [String] = []
        for element in elements { texts.append(try element.text()) }
        return "(" + texts.joined(separator: ", ") + (texts.count == 1 ? ",)" : ")")
    }

    private static func text(of members: [Member]) throws(VQLLiteralError) -> String {
        var keys: Set<[UInt8]> = []
        var arguments: [String] = []
        for member in members {
            guard keys.insert(Array(member.key.utf8)).inserted else { throw .duplicateKey(member.key) }
            arguments.append("\(try VQLName.text(member.key))=\(try member.value.argumentText())")
        }
        return "dict(\(arguments.joined(separator: ", ")))"
    }
}
