// SPDX-License-Identifier: Apache-2.0

/// `properties`, `patternProperties` and `additionalProperties`, of which the last depends on the others.
struct PropertiesKeyword: SchemaKeyword {
    let named: [(name: String, node: SchemaNode.ID)]
    private let places: [ExactText: SchemaNode.ID]
    let patterns: [(pattern: Pattern, node: SchemaNode.ID)]
    let additional: Additional

    enum Additional {
        case allowed
        case forbidden
        case schema(SchemaNode.ID)
    }

    init(
        named: [(name: String, node: SchemaNode.ID)],
        patterns: [(pattern: Pattern, node: SchemaNode.ID)],
        additional: Additional
    ) {
        self.named = named
        self.patterns = patterns
        self.additional = additional
        places = Dictionary(uniqueKeysWithValues: named.map { (ExactText($0.name), $0.node) })
    }

    func check(_ value: JSONValue, in validation: inout SchemaValidation) {
        guard let object = value.objectValue else { return }
        for (name, member) in object {
            var isKnown = false
            if let node = places[ExactText(name)] {
                isKnown = true
                validation.apply(node, to: member, at: name)
            }
            for (pattern, node) in patterns where pattern.matches(name) {
                isKnown = true
                validation.apply(node, to: member, at: name)
            }
            if !isKnown { checkAdditional(name, member, of: object, in: &validation) }
            if validation.isExhausted { return }
        }
    }

    private func checkAdditional(
        _ name: String,
        _ member: JSONValue,
        of object: JSONObject,
        in validation: inout SchemaValidation
    ) {
        switch additional {
        case .allowed: break
        case .schema(let node): validation.apply(node, to: member, at: name)
        case .forbidden: validation.report("additionalProperties", complaint(about: name, in: object), property: name)
        }
    }

    private func complaint(about name: String, in object: JSONObject) -> String {
        var message = "unknown property \(SchemaValidation.quoted(name))"
        // A property that is there already is not what the unknown one was meant to be.
        let unused = named.map(\.name).filter { object[$0] == nil }
        if let near = Spelling.nearest(to: name, among: unused) {
            message += "; did you mean \(SchemaValidation.quoted(near))?"
        } else {
            message += "."
        }
        guard !named.isEmpty || !patterns.isEmpty else { return message + " No properties are allowed here" }
        let allowed = named.map(\.name) + patterns.map { "names that match \($0.pattern.source)" }
        let shown = allowed.prefix(40).joined(separator: ", ")
        return message + " Allowed: \(shown)" + (allowed.count > 40 ? " and \(allowed.count - 40) more" : "")
    }
}

extension SchemaCompiler {
    mutating func propertiesKeyword(
        _ source: SchemaSource,
        defaults: inout DefaultSources
    ) throws(JSONSchemaError) -> PropertiesKeyword? {
        let named = try schemaMap("properties", in: source)
        let patterns = try patternSchemas(source)
        let rest = source.object["additionalProperties"]
        let restNode = try schema("additionalProperties", in: source)
        guard named != nil || !patterns.isEmpty || rest != nil else { return nil }
        defaults.properties = named ?? []
        let additional: PropertiesKeyword.Additional =
            switch (rest, restNode) {
            case (.bool(false), _): .forbidden
            case (.bool(true), _), (nil, _), (_, nil): .allowed
            case (_, let node?): .schema(node)
            }
        return PropertiesKeyword(named: named ?? [], patterns: patterns, additional: additional)
    }

    private mutating func patternSchemas(
        _ source: SchemaSource
    ) throws(JSONSchemaError) -> [(pattern: Pattern, node: SchemaNode.ID)] {
        var patterns: [(pattern: Pattern, node: SchemaNode.ID)] = []
        for (text, node) in try schemaMap("patternProperties", in: source) ?? [] {
            do throws(PatternError) {
                patterns.append((try Pattern(text), node))
            } catch {
                let message = "\"\(text)\" is not a supported regular expression: \(error)"
                throw source.failure("patternProperties", message)
            }
        }
        return patterns
    }
}
