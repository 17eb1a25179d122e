// SPDX-License-Identifier: Apache-2.0

/// An element of an answer in XML. Names are without their namespaces' prefixes.
public struct XMLNode: Sendable, Hashable {
    public let name: String
    public internal(set) var attributes: [String: String] = [:]
    public internal(set) var text: String = ""
    public internal(set) var children: [XMLNode] = []

    init(name: String, attributes: [String: String]) {
        self.name = name
        self.attributes = attributes
    }

    /// The first child of that name.
    public subscript(name: String) -> XMLNode? {
        children.first { $0.name == name }
    }

    /// The text of a child; `nil` where there is none or it is empty.
    public func text(_ name: String) -> String? {
        self[name].flatMap { $0.text.isEmpty ? nil : $0.text }
    }
}
