// SPDX-License-Identifier: Apache-2.0

/// Turns a schema document into nodes.
struct SchemaCompiler {
    let document: JSONValue
    private(set) var nodes: [SchemaNode] = []
    /// The node of each schema that has been met; a reference to one that is still being compiled finds it here too.
    private var places: [JSONPointer: SchemaNode.ID] = [:]
    private lazy var anchors = SchemaAnchors(document)

    static let dialect = "https://json-schema.org/draft/2020-12/schema"

    init(document: JSONValue) { self.document = document }

    mutating func compileDocument() throws(JSONSchemaError) -> SchemaNode.ID {
        let root = try node(for: document, at: JSONPointer())
        try refuseEndlessReferences()
        return root
    }

    /// The node of the schema at a place of the document.
    mutating func node(for schema: JSONValue, at pointer: JSONPointer) throws(JSONSchemaError) -> SchemaNode.ID {
        if let known = places[pointer] { return known }
        let id = nodes.count
        nodes.append(SchemaNode())
        places[pointer] = id
        switch schema {
        case .bool(true): break
        case .bool(false): nodes[id].keywords = [NothingKeyword()]
        case .object(let object): nodes[id] = try compile(SchemaSource(object: object, pointer: pointer))
        default:
            throw JSONSchemaError(
                pointer: pointer,
                message: "a schema must be an object, true or false, not \(schema.typeNameWithArticle)"
            )
        }
        return id
    }

    private mutating func compile(_ source: SchemaSource) throws(JSONSchemaError) -> SchemaNode {
        try refuseUnsupported(source)
        var node = SchemaNode()
        node.isWriteOnly = try source.bool("writeOnly") ?? false
        node.defaultValue = source.object["default"]
        if let reference = try referenceKeyword(source) {
            node.keywords.append(reference)
            node.defaults.same.append(reference.target)
        }
        node.keywords += try Self.valueKeywords(source)
        node.keywords += try Self.numberKeywords(source)
        node.keywords += try Self.stringKeywords(source)
        node.keywords += try arrayKeywords(source, defaults: &node.defaults)
        node.keywords += try objectKeywords(source, defaults: &node.defaults)
        node.keywords += try combiningKeywords(source, defaults: &node.defaults)
        try compileDefinitions(source)
        return node
    }

    private mutating func compileDefinitions(_ source: SchemaSource) throws(JSONSchemaError) {
        for keyword in ["$defs", "definitions"] { _ = try schemaMap(keyword, in: source) }
    }

    private func refuseUnsupported(_ source: SchemaSource) throws(JSONSchemaError) {
        if let dialect = try source.string("$schema"), dialect != Self.dialect, dialect != Self.dialect + "#" {
            throw source.failure("$schema", "the dialect \"\(dialect)\" is not supported; use \"\(Self.dialect)\"")
        }
        // An identifier of the whole document changes nothing for references that stay inside; one further down would.
        if try source.string("$id") != nil, !source.pointer.tokens.isEmpty {
            throw source.failure("$id", "\"$id\" is supported only at the top of a schema")
        }
        let unsupported = [
            "$dynamicRef", "$dynamicAnchor", "$recursiveRef", "$recursiveAnchor", "unevaluatedItems",
            "unevaluatedProperties", "additionalItems", "dependencies", "extends", "disallow", "divisibleBy",
        ]
        for keyword in unsupported where source.object[keyword] != nil {
            throw source.failure(keyword, "the keyword \"\(keyword)\" is not supported")
        }
    }
}

extension SchemaCompiler {
    /// The place that an `$anchor` names.
    mutating func anchor(_ name: String) -> JSONPointer? { anchors.places[name] }

    func pointer(of id: SchemaNode.ID) -> JSONPointer { places.first { $0.value == id }?.key ?? JSONPointer() }
}

// MARK: - Schemas below a keyword

extension SchemaCompiler {
    mutating func schema(_ keyword: String, in source: SchemaSource) throws(JSONSchemaError) -> SchemaNode.ID? {
        guard let schema = source.object[keyword] else { return nil }
        return try node(for: schema, at: source.pointer.appending(keyword))
    }

    /// The schemas of a keyword that lists at least one.
    mutating func schemaList(_ keyword: String, in source: SchemaSource) throws(JSONSchemaError) -> [SchemaNode.ID]? {
        guard let schemas = try source.value(keyword, "a list of schemas", \.arrayValue) else { return nil }
        guard !schemas.isEmpty else { throw source.failure(keyword, "\"\(keyword)\" must not be empty") }
        let pointer = source.pointer.appending(keyword)
        var ids: [SchemaNode.ID] = []
        for (index, schema) in schemas.enumerated() {
            ids.append(try node(for: schema, at: pointer.appending(String(index))))
        }
        return ids
    }

    mutating func schemaMap(
        _ keyword: String,
        in source: SchemaSource
    ) throws(JSONSchemaError) -> [(name: String, node: SchemaNode.ID)]? {
        guard let schemas = try source.value(keyword, "an object of schemas", \.objectValue) else { return nil }
        let pointer = source.pointer.appending(keyword)
        var ids: [(String, SchemaNode.ID)] = []
        for (name, schema) in schemas {
            ids.append((name, try node(for: schema, at: pointer.appending(name))))
        }
        return ids
    }
}
