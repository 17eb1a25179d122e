// SPDX-License-Identifier: Apache-2.0

public import JSONValue

/// A value of a YAML file together with its place.
public struct YAMLNode: Sendable, Hashable {
    public enum Content: Sendable, Hashable {
        /// Anything but an array or object, typed by the core schema of YAML 1.2.
        case scalar(JSONValue)
        case sequence([YAMLNode])
        /// Entries in the order of the file; no key stands twice.
        case mapping([Entry])
    }

    public struct Entry: Sendable, Hashable {
        /// The key as it is written, whatever type it would have as a value.
        public let key: String
        public let keyPosition: YAMLPosition
        public let value: YAMLNode
    }

    public let content: Content
    public let position: YAMLPosition

    public init(content: Content, position: YAMLPosition) {
        self.content = content
        self.position = position
    }
}

extension YAMLNode {
    /// The value without its places.
    public var json: JSONValue {
        switch content {
        case .scalar(let value): value
        case .sequence(let elements): .array(elements.map(\.json))
        case .mapping(let entries): .object(JSONObject(entries.map { ($0.key, $0.value.json) }))
        }
    }

    /// The value under a key of a mapping; `nil` where there is none or this is no mapping.
    public subscript(key: String) -> YAMLNode? { entry(key)?.value }

    /// The entry of a mapping with its key's place.
    public func entry(_ key: String) -> Entry? {
        entries?.first { $0.key.utf8.elementsEqual(key.utf8) }
    }

    public var entries: [Entry]? {
        guard case .mapping(let entries) = content else { return nil }
        return entries
    }

    public var elements: [YAMLNode]? {
        guard case .sequence(let elements) = content else { return nil }
        return elements
    }

    /// The node at a place of the document, or the nearest one above it that exists.
    ///
    /// So that a finding about ``json`` can be shown in the file.
    public func nearest(to pointer: JSONPointer) -> YAMLNode {
        var node = self
        for token in pointer.tokens {
            let part: YAMLNode? =
                switch node.content {
                case .mapping: node[token]
                case .sequence(let elements): Int(token).flatMap { elements.indices.contains($0) ? elements[$0] : nil }
                case .scalar: nil
                }
            guard let part else { return node }
            node = part
        }
        return node
    }
}
