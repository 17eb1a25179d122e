// SPDX-License-Identifier: Apache-2.0

/// `required`.
struct RequiredKeyword: SchemaKeyword {
    let names: [String]

    func check(_ value: JSONValue, in validation: inout SchemaValidation) {
        guard let object = value.objectValue else { return }
        for name in names where object[name] == nil {
            validation.report("required", "the property \(SchemaValidation.quoted(name)) is required")
        }
    }
}

/// `dependentRequired`.
struct DependentRequiredKeyword: SchemaKeyword {
    let name: String
    let needed: [String]

    func check(_ value: JSONValue, in validation: inout SchemaValidation) {
        guard let object = value.objectValue, object[name] != nil else { return }
        for other in needed where object[other] == nil {
            let names = (SchemaValidation.quoted(other), SchemaValidation.quoted(name))
            validation.report("dependentRequired", "the property \(names.0) is required where \(names.1) is given")
        }
    }
}

/// `minProperties` and `maxProperties`.
struct PropertyCountKeyword: SchemaKeyword {
    let least: Int?
    let most: Int?

    func check(_ value: JSONValue, in validation: inout SchemaValidation) {
        guard let count = value.objectValue?.count else { return }
        if let least, count < least {
            let wanted = counted(least, "property", plural: "properties")
            validation.report("minProperties", "expected at least \(wanted), got \(count)")
        }
        if let most, count > most {
            let wanted = counted(most, "property", plural: "properties")
            validation.report("maxProperties", "expected at most \(wanted), got \(count)")
        }
    }
}

/// `propertyNames`: a schema for the names themselves.
struct PropertyNamesKeyword: SchemaKeyword {
    let node: SchemaNode.ID

    func check(_ value: JSONValue, in validation: inout SchemaValidation) {
        guard let object = value.objectValue else { return }
        for (name, _) in object {
            guard let fault = validation.trial(node, of: .string(name)).first else { continue }
            let message = "the property name \(SchemaValidation.quoted(name)) is not allowed: \(fault.message)"
            validation.report("propertyNames", message)
        }
    }
}

extension SchemaCompiler {
    mutating func objectKeywords(
        _ source: SchemaSource,
        defaults: inout DefaultSources
    ) throws(JSONSchemaError) -> [any SchemaKeyword] {
        var keywords: [any SchemaKeyword] = []
        if let keyword = try propertiesKeyword(source, defaults: &defaults) { keywords.append(keyword) }
        if let names = try source.names("required"), !names.isEmpty { keywords.append(RequiredKeyword(names: names)) }
        let least = try source.count("minProperties")
        let most = try source.count("maxProperties")
        if least != nil || most != nil { keywords.append(PropertyCountKeyword(least: least, most: most)) }
        if let node = try schema("propertyNames", in: source) { keywords.append(PropertyNamesKeyword(node: node)) }
        for (name, list) in try source.value("dependentRequired", "an object of lists", \.objectValue) ?? [:] {
            let pointer = source.pointer.appending("dependentRequired").appending(name)
            let needed = try SchemaSource.names(list, keyword: name, pointer: pointer)
            keywords.append(DependentRequiredKeyword(name: name, needed: needed))
        }
        return keywords
    }
}
