// SPDX-License-Identifier: Apache-2.0

/// The members of a JSON object, in the order in which they were first set.
///
/// Small objects are searched in line; a large one builds an index, so that no input makes it quadratic.
/// Two objects are equal if they have equal members in any order. Names are told apart by their characters: `é` in one
/// character and in two are different members, although Swift's `==` calls those strings equal.
public struct JSONObject: Sendable {
    private var members: [(key: String, value: JSONValue)]
    private var index: [ExactText: Int]?

    private static let linearLimit = 32

    public init() {
        members = []
        index = nil
    }

    /// Members in order; of members with one key the last value counts, at the first one's place.
    public init(_ pairs: some Sequence<(String, JSONValue)>) {
        self.init()
        for (key, value) in pairs { self[key] = value }
    }

    public var count: Int { members.count }
    public var isEmpty: Bool { members.isEmpty }
    public var keys: [String] { members.map(\.key) }

    public subscript(key: String) -> JSONValue? {
        get { position(of: key).map { members[$0].value } }
        set {
            switch (position(of: key), newValue) {
            case (let place?, let value?): members[place].value = value
            case (let place?, nil): remove(at: place)
            case (nil, let value?): append(key, value)
            case (nil, nil): break
            }
        }
    }

    /// Adds a member whose key is known to be new.
    mutating func appendNew(_ key: String, _ value: JSONValue) { append(key, value) }

    mutating func reserveCapacity(_ capacity: Int) { members.reserveCapacity(capacity) }

    private func position(of key: String) -> Int? {
        if let index { return index[ExactText(key)] }
        return members.firstIndex { $0.key.isIdentical(to: key) }
    }

    private mutating func append(_ key: String, _ value: JSONValue) {
        members.append((key, value))
        if index != nil {
            index?[ExactText(key)] = members.count - 1
        } else if members.count > Self.linearLimit {
            rebuildIndex()
        }
    }

    private mutating func remove(at place: Int) {
        members.remove(at: place)
        if index != nil { rebuildIndex() }
    }

    private mutating func rebuildIndex() {
        index = Dictionary(uniqueKeysWithValues: members.enumerated().map { (ExactText($1.key), $0) })
    }
}

extension JSONObject: RandomAccessCollection {
    public var startIndex: Int { members.startIndex }
    public var endIndex: Int { members.endIndex }
    public subscript(position: Int) -> (key: String, value: JSONValue) { members[position] }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, JSONValue)...) { self.init(elements) }
}

extension JSONObject: Hashable {
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.count == right.count && left.members.allSatisfy { right[$0.key] == $0.value }
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(members.count)
        var sum = 0
        for member in members {
            var one = Hasher()
            one.combine(member.key)
            one.combine(member.value)
            sum &+= one.finalize()
        }
        hasher.combine(sum)
    }
}
