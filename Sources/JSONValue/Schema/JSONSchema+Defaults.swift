// SPDX-License-Identifier: Apache-2.0

extension JSONSchema {
    /// `value` with the missing properties that have a `default`, at every depth of what is there.
    ///
    /// Defaults are found through `properties`, `prefixItems`, `items`, `$ref` and `allOf`, which always hold; not
    /// through `anyOf` and other choices. A default is inserted as it is written. The first of several defaults counts.
    public func applyingDefaults(to value: JSONValue) -> JSONValue {
        filled(value, by: root)
    }

    private func filled(_ value: JSONValue, by id: SchemaNode.ID) -> JSONValue {
        let sources = nodes[id].defaults
        var value = value
        switch value {
        case .object(var object):
            for (name, node) in sources.properties {
                if let present = object[name] {
                    object[name] = filled(present, by: node)
                } else if let missing = defaultValue(of: node) {
                    object[name] = missing
                }
            }
            value = .object(object)
        case .array(let elements):
            value = .array(
                elements.enumerated().map { index, element in
                    let node = index < sources.prefixItems.count ? sources.prefixItems[index] : sources.items
                    return node.map { filled(element, by: $0) } ?? element
                }
            )
        default: return value
        }
        for node in sources.same { value = filled(value, by: node) }
        return value
    }

    /// The node's own default, or that of a schema which holds with it.
    private func defaultValue(of id: SchemaNode.ID) -> JSONValue? {
        if let own = nodes[id].defaultValue { return own }
        for node in nodes[id].defaults.same {
            if let inherited = defaultValue(of: node) { return inherited }
        }
        return nil
    }
}
