// SPDX-License-Identifier: Apache-2.0

import JSONValue

/// A deployment template after the checks that need no deployment.
struct TemplateDocument: Sendable {
    let json: JSONObject
    let parameters: JSONObject
    let variables: JSONObject
    let resources: [JSONObject]
    let outputs: JSONObject

    private static let schema =
        "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"
    private static let members: Set<String> = [
        "$schema", "contentVersion", "metadata", "parameters", "variables", "resources", "outputs", "functions",
        "apiProfile",
    ]

    init(_ template: JSONValue) throws(ARMFailure) {
        guard let json = template.objectValue else { throw .invalidTemplate("The template is no object") }
        for key in json.keys where !Self.members.contains(key) {
            throw .invalidTemplate("The template member '\(key)' is not known")
        }
        guard json["$schema"]?.stringValue?.lowercased() == Self.schema.lowercased() else {
            throw .invalidTemplate("The template's $schema is not \(Self.schema)")
        }
        let version = json["contentVersion"]?.stringValue?.split(separator: ".", omittingEmptySubsequences: false) ?? []
        guard version.count == 4, version.allSatisfy({ UInt32($0) != nil }) else {
            throw .invalidTemplate("The contentVersion is not four numbers with dots between")
        }
        guard let resources = json["resources"]?.arrayValue, !resources.isEmpty else {
            throw .invalidTemplate("The template has no array of resources")
        }
        self.json = json
        parameters = json["parameters"]?.objectValue ?? [:]
        variables = json["variables"]?.objectValue ?? [:]
        outputs = json["outputs"]?.objectValue ?? [:]
        self.resources = resources.map { $0.objectValue ?? [:] }
        try checkUse()
        try checkSecrets()
    }

    var secureParameters: Set<String> {
        Set(parameters.filter { ($0.value["type"]?.stringValue ?? "").lowercased().hasPrefix("secure") }.map(\.key))
    }

    // MARK: - Parameters

    /// Every declared parameter with the value that was given, or its default.
    func bind(_ given: JSONObject, _ scope: TemplateScope) throws(ARMFailure) -> [String: JSONValue] {
        for name in given.keys where parameters[name] == nil {
            throw .invalidTemplate(
                "The template parameters '\(name)' in the parameters file are not valid; they are not present in the"
                    + " original template"
            )
        }
        var bound: [String: JSONValue] = [:]
        for (name, declaration) in parameters {
            if let value = given[name] {
                guard let object = value.objectValue, object.keys == ["value"], let value = object["value"] else {
                    throw .invalidTemplate("The parameter '\(name)' is not given as {\"value\": …}")
                }
                bound[name] = value
            } else if let standard = declaration["defaultValue"] {
                bound[name] = try scope.evaluate(standard)
            } else {
                throw .invalidTemplate("The value for the template parameter '\(name)' is not provided")
            }
            try check(bound[name] ?? .null, name, declaration)
        }
        return bound
    }

    private func check(_ value: JSONValue, _ name: String, _ declaration: JSONValue) throws(ARMFailure) {
        let fits: Bool
        switch declaration["type"]?.stringValue?.lowercased() {
        case "string", "securestring": fits = value.stringValue != nil
        case "int": fits = value.integerValue != nil
        case "bool": fits = value.boolValue != nil
        case "array": fits = value.arrayValue != nil
        case "object", "secureobject": fits = value.objectValue != nil
        default: throw .invalidTemplate("The parameter '\(name)' has no type that is known")
        }
        guard fits else {
            throw .invalidTemplate("The value of the parameter '\(name)' is not of the type that the template declares")
        }
        if let allowed = declaration["allowedValues"]?.arrayValue, !allowed.contains(value) {
            throw .invalidTemplate("The value of the parameter '\(name)' is not part of the allowed value(s)")
        }
        let length = value.stringValue?.count ?? value.arrayValue?.count ?? 0
        let isOutside =
            length < (declaration["minLength"]?.integerValue ?? 0)
            || length > (declaration["maxLength"]?.integerValue ?? .max)
            || (value.integerValue ?? 0) < (declaration["minValue"]?.integerValue ?? .min)
            || (value.integerValue ?? 0) > (declaration["maxValue"]?.integerValue ?? .max)
        if isOutside { throw .invalidTemplate("The value of the parameter '\(name)' is outside of its bounds") }
    }

    // MARK: - Use

    /// Each parameter and variable that is declared is used, and the other way round. Azure itself minds only the latter.
    private func checkUse() throws(ARMFailure) {
        var used: [String: Set<String>] = ["parameters": [], "variables": []]
        let places: [JSONValue] = [
            .object(variables), .array(resources.map { JSONValue.object(Self.withoutInner($0)) }), .object(outputs),
            .array(parameters.compactMap { $0.value["defaultValue"] }),
        ]
        for place in places {
            for call in try Self.calls(in: place) where used[call.name.lowercased()] != nil {
                guard call.arguments.count == 1, case .literal(let name) = call.arguments[0],
                    let name = name.stringValue
                else { throw .invalidTemplate("'\(call.name)' does not name what it wants") }
                used[call.name.lowercased()]?.insert(name)
            }
        }
        for (kind, declared) in [("parameters", Set(parameters.keys)), ("variables", Set(variables.keys))] {
            let wanted = used[kind] ?? []
            if let missing = wanted.subtracting(declared).min() {
                throw .invalidTemplate("The template uses \(kind)('\(missing)'), which it does not declare")
            }
            if let idle = declared.subtracting(wanted).min() {
                throw .invalidTemplate("The template declares \(kind)('\(idle)') and does not use it")
            }
        }
    }

    /// What is secret may only get where nobody reads it: Azure would show it in outputs, tags and custom data.
    private func checkSecrets() throws(ARMFailure) {
        let secret = secureParameters
        for (name, value) in variables where try Self.mentions(value, secret) {
            throw .invalidTemplate("The variable '\(name)' makes a secure parameter readable")
        }
        for (name, output) in outputs where try Self.mentions(output, secret) {
            throw .invalidTemplate("The output '\(name)' makes a secure parameter readable")
        }
        for resource in resources {
            var open = Self.withoutInner(resource)
            var properties = open["properties"]?.objectValue ?? [:]
            if resource["type"]?.stringValue?.lowercased() == "microsoft.keyvault/vaults/secrets" {
                properties["value"] = nil
            }
            properties["protectedSettings"] = nil
            open["properties"] = .object(properties)
            if try Self.mentions(.object(open), secret) {
                throw .invalidTemplate(
                    "The resource '\(resource["name"]?.stringValue ?? "")' makes a secure parameter readable"
                )
            }
        }
    }

    /// A template within a template has parameters and variables of its own.
    private static func withoutInner(_ resource: JSONObject) -> JSONObject {
        guard resource["type"]?.stringValue?.lowercased() == "microsoft.resources/deployments",
            var properties = resource["properties"]?.objectValue
        else { return resource }
        var outer = resource
        properties["template"] = nil
        outer["properties"] = .object(properties)
        return outer
    }

    private static func mentions(_ value: JSONValue, _ names: Set<String>) throws(ARMFailure) -> Bool {
        try calls(in: value).contains { call in
            guard call.name.lowercased() == "parameters", case .literal(let name)? = call.arguments.first else {
                return false
            }
            return names.contains(name.stringValue ?? "")
        }
    }

    /// Every call of every expression in a value.
    static func calls(in value: JSONValue) throws(ARMFailure) -> [(name: String, arguments: [Expression])] {
        switch value {
        case .string(let text): return try Expression.of(text)?.calls ?? []
        case .array(let items):
            var all: [(name: String, arguments: [Expression])] = []
            for item in items { all += try calls(in: item) }
            return all
        case .object(let object):
            var all: [(name: String, arguments: [Expression])] = []
            for (key, value) in object {
                all += try calls(in: .string(key))
                all += try calls(in: value)
            }
            return all
        default: return []
        }
    }
}
