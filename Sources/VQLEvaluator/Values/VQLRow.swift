// SPDX-License-Identifier: Apache-2.0

/// Columns and their values, in order: a row of a query, or the members of a dictionary.
///
/// A value type; rows that a plugin makes from one list of names share that list. Large rows build an index, so that
/// no input makes look-ups quadratic.
public struct VQLRow: Sendable {
    public private(set) var names: [String]
    public private(set) var values: [VQLValue]
    private var index: [String: Int]?

    private static let linearLimit = 12

    public init() {
        names = []
        values = []
    }

    /// Columns in order; of columns with one name the last value counts, at the first one's place.
    public init(_ columns: some Sequence<(String, VQLValue)>) {
        self.init()
        for (name, value) in columns { self[name] = value }
    }

    /// Takes names that are known to be distinct. `values` must be as many.
    public init(names: [String], values: [VQLValue]) {
        precondition(names.count == values.count, "a row has one value for each name")
        self.names = names
        self.values = values
        if names.count > Self.linearLimit { rebuildIndex() }
    }

    public var count: Int { names.count }
    public var isEmpty: Bool { names.isEmpty }

    public subscript(name: String) -> VQLValue? {
        get { position(of: name).map { values[$0] } }
        set {
            switch (position(of: name), newValue) {
            case (let place?, let value?): values[place] = value
            case (let place?, nil): remove(at: place)
            case (nil, let value?): append(name, value)
            case (nil, nil): break
            }
        }
    }

    public func position(of name: String) -> Int? {
        if let index { return index[name] }
        return names.firstIndex(of: name)
    }

    private mutating func append(_ name: String, _ value: VQLValue) {
        names.append(name)
        values.append(value)
        if index != nil {
            index?[name] = names.count - 1
        } else if names.count > Self.linearLimit {
            rebuildIndex()
        }
    }

    private mutating func remove(at place: Int) {
        names.remove(at: place)
        values.remove(at: place)
        if index != nil { rebuildIndex() }
    }

    private mutating func rebuildIndex() {
        index = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }
}

extension VQLRow: RandomAccessCollection {
    public var startIndex: Int { 0 }
    public var endIndex: Int { names.count }
    public subscript(position: Int) -> (name: String, value: VQLValue) { (names[position], values[position]) }
}

extension VQLRow: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, VQLValue)...) { self.init(elements) }
}
