// SPDX-License-Identifier: Apache-2.0

/// The arguments of a call, checked and converted to what the built-in's specification says.
///
/// A reader such as ``text(_:)`` gives `nil` for an argument that was left out.
public struct Arguments: Sendable {
    enum Entry: Sendable {
        case value(VQLValue)
        case lazy(LazyArgument)
    }

    private(set) var names: [String]
    private var entries: [Entry]

    init() {
        names = []
        entries = []
    }

    mutating func append(_ name: String, _ entry: Entry) {
        names.append(name)
        entries.append(entry)
    }

    /// Every argument by name, in the order of the call; lazy ones are evaluated now.
    public func all() throws -> VQLRow {
        var row = VQLRow()
        for name in names { row[name] = try value(name) }
        return row
    }

    public func contains(_ name: String) -> Bool { names.contains(name) }

    /// The value of an argument; a lazy one is evaluated now, and anew for each call of this function.
    public func value(_ name: String) throws -> VQLValue? {
        guard let place = names.lastIndex(of: name) else { return nil }
        switch entries[place] {
        case .value(let value): return value
        case .lazy(let argument): return try argument.evaluate()
        }
    }

    /// An argument that has been evaluated already; `nil` for a lazy one.
    public subscript(name: String) -> VQLValue? {
        guard let place = names.lastIndex(of: name), case .value(let value) = entries[place] else { return nil }
        return value
    }

    public func string(_ name: String) -> VQLString? {
        guard case .string(let value) = self[name] else { return nil }
        return value
    }

    /// A string as text, with U+FFFD for what is not UTF-8.
    public func text(_ name: String) -> String? { string(name)?.text }

    public func integer(_ name: String) -> Int64? { self[name]?.integerValue }

    public func double(_ name: String) -> Double? { self[name]?.doubleValue }

    /// The truth of an argument; false if it was left out.
    public func bool(_ name: String) -> Bool {
        if case .bool(let value) = self[name] { return value }
        return false
    }

    /// A repeated argument's elements; empty if it was left out.
    public func list(_ name: String) -> [VQLValue] {
        switch self[name] {
        case nil: []
        case .list(let values)?: values
        case let value?: [value]
        }
    }

    /// A repeated string argument's elements; empty if it was left out.
    public func texts(_ name: String) -> [String] { list(name).compactMap(\.stringValue) }

    /// A dictionary's members as they are now.
    public func row(_ name: String) -> VQLRow? { self[name]?.rowValue }

    public func time(_ name: String) -> VQLTime? {
        guard case .time(let value) = self[name] else { return nil }
        return value
    }

    public func lambda(_ name: String) -> LambdaFunction? {
        guard case .object(let object) = self[name] else { return nil }
        return object as? LambdaFunction
    }
}
