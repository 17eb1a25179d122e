// SPDX-License-Identifier: Apache-2.0

/// The parameters of a call in the Query protocol: a flat form with numbered lists.
public struct QueryParameters: Sendable, ExpressibleByDictionaryLiteral {
    private(set) var pairs: [(name: String, value: String)] = []

    public init(dictionaryLiteral elements: (String, String)...) {
        pairs = elements.map { ($0.0, $0.1) }
    }

    /// Adds one; `nil` adds nothing.
    public mutating func set(_ name: String, _ value: String?) {
        if let value { pairs.append((name, value)) }
    }

    /// Adds a list: `name.1`, `name.2`, … An empty list adds nothing.
    ///
    /// - Parameter name: with `.member` at its end for every service but EC2.
    public mutating func list(_ name: String, _ values: [String]) {
        for (index, value) in values.enumerated() { set("\(name).\(index + 1)", value) }
    }

    /// Adds a list of structures: `name.1.Key`, `name.1.Value`, …
    public mutating func list(_ name: String, of structures: [[(String, String)]]) {
        for (index, structure) in structures.enumerated() {
            for (member, value) in structure { set("\(name).\(index + 1).\(member)", value) }
        }
    }

    /// As `application/x-www-form-urlencoded`.
    func form(_ action: String, _ version: String) -> String {
        ([("Action", action), ("Version", version)] + pairs.map { ($0.name, $0.value) })
            .map { "\(URIEncoding.encode($0.0))=\(URIEncoding.encode($0.1))" }.joined(separator: "&")
    }
}
