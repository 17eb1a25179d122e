// SPDX-License-Identifier: Apache-2.0

/// One schema object or boolean, compiled.
struct SchemaNode: Sendable {
    /// The place of a node in ``JSONSchema/nodes``. References make the nodes a graph, so they name each other by
    /// place.
    typealias ID = Int

    var keywords: [any SchemaKeyword] = []
    /// Whether values must not be repeated in a message (`writeOnly`: passwords and the like).
    var isWriteOnly = false
    var defaultValue: JSONValue?
    /// For filling in defaults.
    var defaults = DefaultSources()
}

/// Where a node's values get their defaults from.
struct DefaultSources: Sendable {
    var properties: [(name: String, node: SchemaNode.ID)] = []
    var prefixItems: [SchemaNode.ID] = []
    var items: SchemaNode.ID?
    /// `$ref` and `allOf`: schemas that always hold for the same value.
    var same: [SchemaNode.ID] = []
}

/// A rule, or a group of rules that only make sense together.
protocol SchemaKeyword: Sendable {
    /// The nodes that this rule applies to the very same value.
    var sameValueNodes: [SchemaNode.ID] { get }

    /// Reports whatever is wrong with `value`. A rule for another kind of value finds nothing.
    func check(_ value: JSONValue, in validation: inout SchemaValidation)
}

extension SchemaKeyword {
    var sameValueNodes: [SchemaNode.ID] { [] }
}
