// SPDX-License-Identifier: Apache-2.0

/// `minItems` and `maxItems`.
struct ItemCountKeyword: SchemaKeyword {
    let least: Int?
    let most: Int?

    func check(_ value: JSONValue, in validation: inout SchemaValidation) {
        guard let count = value.arrayValue?.count else { return }
        if let least, count < least {
            validation.report("minItems", "expected at least \(counted(least, "element")), got \(count)")
        }
        if let most, count > most {
            validation.report("maxItems", "expected at most \(counted(most, "element")), got \(count)")
        }
    }
}

/// `uniqueItems`: no two elements are equal.
struct UniqueItemsKeyword: SchemaKeyword {
    func check(_ value: JSONValue, in validation: inout SchemaValidation) {
        guard let elements = value.arrayValue else { return }
        var seen: [JSONValue: Int] = [:]
        for (index, element) in elements.enumerated() {
            guard let earlier = seen.updateValue(index, forKey: element.schemaCanonical) else { continue }
            validation.report("uniqueItems", "elements must differ, but those at \(earlier) and \(index) are equal")
            return
        }
    }
}

/// `prefixItems` and `items`: schemas for elements by their place.
struct ItemsKeyword: SchemaKeyword {
    let prefix: [SchemaNode.ID]
    let rest: SchemaNode.ID?

    func check(_ value: JSONValue, in validation: inout SchemaValidation) {
        guard let elements = value.arrayValue else { return }
        for (index, element) in elements.enumerated() {
            guard let node = index < prefix.count ? prefix[index] : rest else { return }
            validation.apply(node, to: element, at: String(index))
            if validation.isExhausted { return }
        }
    }
}

/// `contains` with `minContains` and `maxContains`.
struct ContainsKeyword: SchemaKeyword {
    let node: SchemaNode.ID
    let least: Int
    let most: Int?

    func check(_ value: JSONValue, in validation: inout SchemaValidation) {
        guard let elements = value.arrayValue else { return }
        var matching = 0
        for element in elements where validation.trial(node, of: element).isEmpty { matching += 1 }
        if matching < least {
            let wanted = counted(least, "element")
            validation.report(
                "contains",
                "expected at least \(wanted) that the \"contains\" schema allows, got \(matching)"
            )
        }
        if let most, matching > most {
            let wanted = counted(most, "element")
            validation.report(
                "contains",
                "expected at most \(wanted) that the \"contains\" schema allows, got \(matching)"
            )
        }
    }
}

extension SchemaCompiler {
    mutating func arrayKeywords(
        _ source: SchemaSource,
        defaults: inout DefaultSources
    ) throws(JSONSchemaError) -> [any SchemaKeyword] {
        var keywords: [any SchemaKeyword] = []
        let least = try source.count("minItems")
        let most = try source.count("maxItems")
        if least != nil || most != nil { keywords.append(ItemCountKeyword(least: least, most: most)) }
        if try source.bool("uniqueItems") == true { keywords.append(UniqueItemsKeyword()) }
        let prefix = try schemaList("prefixItems", in: source)
        let rest = try schema("items", in: source)
        if prefix != nil || rest != nil {
            keywords.append(ItemsKeyword(prefix: prefix ?? [], rest: rest))
            defaults.prefixItems = prefix ?? []
            defaults.items = rest
        }
        let leastMatching = try source.count("minContains") ?? 1
        let mostMatching = try source.count("maxContains")
        if let node = try schema("contains", in: source) {
            keywords.append(ContainsKeyword(node: node, least: leastMatching, most: mostMatching))
        }
        return keywords
    }
}
