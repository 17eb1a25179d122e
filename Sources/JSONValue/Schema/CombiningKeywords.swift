// SPDX-License-Identifier: Apache-2.0

/// `allOf`.
struct AllOfKeyword: SchemaKeyword {
    let sameValueNodes: [SchemaNode.ID]

    func check(_ value: JSONValue, in validation: inout SchemaValidation) {
        for node in sameValueNodes { validation.apply(node, to: value) }
    }
}

/// `anyOf` and `oneOf`.
struct AlternativesKeyword: SchemaKeyword {
    let sameValueNodes: [SchemaNode.ID]
    /// Whether exactly one branch may hold.
    let isExclusive: Bool

    func check(_ value: JSONValue, in validation: inout SchemaValidation) {
        let keyword = isExclusive ? "oneOf" : "anyOf"
        var matching: [Int] = []
        var failures: [[JSONSchemaViolation]] = []
        for (place, node) in sameValueNodes.enumerated() {
            let found = validation.trial(node, of: value)
            if !found.isEmpty {
                failures.append(found)
                continue
            }
            matching.append(place + 1)
            if !isExclusive { return }
        }
        if matching.isEmpty {
            validation.report(keyword, complaint(failures, in: validation))
        } else if matching.count > 1 {
            let numbers = matching.map(String.init).joined(separator: " and ")
            validation.report(keyword, "exactly one of the alternatives must hold, but \(numbers) do")
        }
    }

    private func complaint(_ failures: [[JSONSchemaViolation]], in validation: SchemaValidation) -> String {
        // A branch that fails only in a part, not as a whole, is the one that was meant.
        let meant = failures.filter { $0.allSatisfy { $0.keyword != "type" || !isHere($0, in: validation) } }
        let told = meant.isEmpty ? failures : meant
        let reasons = told.prefix(8).map { violations in
            violations.prefix(3).map { text($0, in: validation) }.joined(separator: ", and ")
        }
        return reasons.joined(separator: "; or ")
    }

    private func isHere(_ violation: JSONSchemaViolation, in validation: SchemaValidation) -> Bool {
        validation.relativePointer(of: violation).tokens.isEmpty
    }

    private func text(_ violation: JSONSchemaViolation, in validation: SchemaValidation) -> String {
        let pointer = validation.relativePointer(of: violation)
        return pointer.tokens.isEmpty ? violation.message : "at \(pointer): \(violation.message)"
    }
}

/// `not`.
struct NotKeyword: SchemaKeyword {
    let node: SchemaNode.ID
    var sameValueNodes: [SchemaNode.ID] { [node] }

    func check(_ value: JSONValue, in validation: inout SchemaValidation) {
        guard validation.trial(node, of: value).isEmpty else { return }
        validation.report("not", "the \"not\" schema excludes this value, \(validation.describe(value))")
    }
}

/// `if`, `then` and `else`.
struct ConditionalKeyword: SchemaKeyword {
    let condition: SchemaNode.ID
    let consequence: SchemaNode.ID?
    let alternative: SchemaNode.ID?
    var sameValueNodes: [SchemaNode.ID] { [condition] + [consequence, alternative].compactMap { $0 } }

    func check(_ value: JSONValue, in validation: inout SchemaValidation) {
        let holds = validation.trial(condition, of: value).isEmpty
        guard let node = holds ? consequence : alternative else { return }
        validation.apply(node, to: value)
    }
}

/// `dependentSchemas`.
struct DependentSchemaKeyword: SchemaKeyword {
    let name: String
    let node: SchemaNode.ID
    var sameValueNodes: [SchemaNode.ID] { [node] }

    func check(_ value: JSONValue, in validation: inout SchemaValidation) {
        guard let object = value.objectValue, object[name] != nil else { return }
        validation.apply(node, to: value)
    }
}

extension SchemaCompiler {
    mutating func combiningKeywords(
        _ source: SchemaSource,
        defaults: inout DefaultSources
    ) throws(JSONSchemaError) -> [any SchemaKeyword] {
        var keywords: [any SchemaKeyword] = []
        if let nodes = try schemaList("allOf", in: source) {
            keywords.append(AllOfKeyword(sameValueNodes: nodes))
            defaults.same += nodes
        }
        if let nodes = try schemaList("anyOf", in: source) {
            keywords.append(AlternativesKeyword(sameValueNodes: nodes, isExclusive: false))
        }
        if let nodes = try schemaList("oneOf", in: source) {
            keywords.append(AlternativesKeyword(sameValueNodes: nodes, isExclusive: true))
        }
        if let node = try schema("not", in: source) { keywords.append(NotKeyword(node: node)) }
        let consequence = try schema("then", in: source)
        let alternative = try schema("else", in: source)
        if let condition = try schema("if", in: source) {
            keywords.append(
                ConditionalKeyword(condition: condition, consequence: consequence, alternative: alternative)
            )
        }
        for (name, node) in try schemaMap("dependentSchemas", in: source) ?? [] {
            keywords.append(DependentSchemaKeyword(name: name, node: node))
        }
        return keywords
    }
}
