// SPDX-License-Identifier: Apache-2.0

/// A JSON Schema of dialect 2020-12, read once and then applied to any number of values.
///
/// Supported: `type`, `enum`, `const`, the limits of numbers, strings, arrays and objects, `pattern`, `format`,
/// `properties`, `patternProperties`, `additionalProperties`, `propertyNames`, `required`, `dependentRequired`,
/// `dependentSchemas`, `prefixItems`, `items`, `contains`, `allOf`, `anyOf`, `oneOf`, `not`, `if`/`then`/`else`,
/// `default`, and `$ref` and `$anchor` inside the document. Keywords of the dialect that are missing here are refused,
/// because skipping one would accept what it forbids; names that no dialect knows are annotations and are skipped.
public struct JSONSchema: Sendable {
    let nodes: [SchemaNode]
    let root: SchemaNode.ID

    public init(_ schema: JSONValue) throws(JSONSchemaError) {
        var compiler = SchemaCompiler(document: schema)
        root = try compiler.compileDocument()
        nodes = compiler.nodes
    }

    /// What is wrong with `value`, in the order of the schema; nothing if it is valid. After fifty findings the search
    /// ends.
    public func validate(_ value: JSONValue) -> [JSONSchemaViolation] {
        var validation = SchemaValidation(nodes: nodes, value: value)
        validation.apply(root, to: value)
        validation.finish()
        return validation.violations
    }
}

/// A schema that cannot be used, and the place of its fault.
public struct JSONSchemaError: Error, Sendable, Hashable {
    /// Where in the schema.
    public let pointer: JSONPointer
    public let message: String
}

extension JSONSchemaError: CustomStringConvertible {
    public var description: String { pointer.tokens.isEmpty ? message : "\(pointer): \(message)" }
}

/// One way in which a value does not fit its schema, in words that help to correct it.
public struct JSONSchemaViolation: Sendable, Hashable {
    /// Where in the value.
    public let pointer: JSONPointer
    /// The keyword that was violated.
    public let keyword: String
    /// The member that may not be there, where that is what is wrong with the object.
    public var property: String?
    public let message: String
}

extension JSONSchemaViolation: CustomStringConvertible {
    public var description: String { pointer.tokens.isEmpty ? message : "\(pointer): \(message)" }
}
