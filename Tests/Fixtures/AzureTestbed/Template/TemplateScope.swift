// SPDX-License-Identifier: Apache-2.0

import JSONValue

/// What a template's expressions can see.
struct TemplateScope {
    var subscription: String
    var tenant: String
    var group: String
    var location: String
    var deployment: String
    var parameters: [String: JSONValue]
    var variables: JSONObject
    /// Finds what is there at run time: the whole resource of an id. `nil` while nothing may be asked, as in names.
    var lookUp: ((String) throws(ARMFailure) -> JSONValue)?

    var groupID: String { "/subscriptions/\(subscription)/resourceGroups/\(group)" }

    /// A value with everything in it evaluated.
    func evaluate(_ value: JSONValue) throws(ARMFailure) -> JSONValue {
        switch value {
        case .string(let text):
            guard let expression = try Expression.of(text) else { return .string(Expression.plain(text)) }
            return try self.value(of: expression)
        case .array(let items):
            var result: [JSONValue] = []
            for item in items { result.append(try evaluate(item)) }
            return .array(result)
        case .object(let object):
            var result: JSONObject = [:]
            for (key, value) in object {
                guard key != "copy" else { throw .invalidTemplate("This testbed knows no copy loops") }
                result[try evaluate(.string(key)).stringValue ?? key] = try evaluate(value)
            }
            return .object(result)
        default: return value
        }
    }

    func value(of expression: Expression) throws(ARMFailure) -> JSONValue {
        switch expression {
        case .literal(let value): return value
        case .property(let inner, let name):
            let object = try value(of: inner)
            guard let found = Self.member(object, name) else {
                throw .invalidTemplate("The language expression property '\(name)' doesn't exist")
            }
            return found
        case .index(let inner, let index):
            let (whole, index) = (try value(of: inner), try value(of: index))
            if let name = index.stringValue, let found = Self.member(whole, name) { return found }
            if let number = index.integerValue, let items = whole.arrayValue, items.indices.contains(Int(number)) {
                return items[Int(number)]
            }
            throw .invalidTemplate("The language expression index '\(index.json())' is out of bounds")
        case .call(let name, let arguments): return try call(name.lowercased(), arguments)
        }
    }

    /// Names of members count without case, as in Azure.
    private static func member(_ object: JSONValue, _ name: String) -> JSONValue? {
        object[name] ?? object.objectValue?.first { $0.key.lowercased() == name.lowercased() }?.value
    }

    private func call(_ name: String, _ arguments: [Expression]) throws(ARMFailure) -> JSONValue {
        // These look at no more of their arguments than they need.
        switch name {
        case "if":
            guard arguments.count == 3 else { throw .invalidTemplate("'if' takes 3 arguments") }
            return try value(of: try TemplateFunctions.bool(try value(of: arguments[0])) ? arguments[1] : arguments[2])
        case "and", "or":
            for argument in arguments where try TemplateFunctions.bool(try value(of: argument)) == (name == "or") {
                return .bool(name == "or")
            }
            return .bool(name == "and")
        case "coalesce":
            for argument in arguments {
                let found = try value(of: argument)
                if found != .null { return found }
            }
            return .null
        default: break
        }
        var values: [JSONValue] = []
        for argument in arguments { values.append(try value(of: argument)) }
        if let own = try scoped(name, values) { return own }
        return try TemplateFunctions.call(name, values)
    }

    /// Functions whose answer depends on where the template is deployed.
    private func scoped(_ name: String, _ values: [JSONValue]) throws(ARMFailure) -> JSONValue? {
        let first = values.first?.stringValue ?? ""
        switch name {
        case "parameters":
            guard let value = parameters[first] else {
                throw .invalidTemplate("The template parameter '\(first)' is not found")
            }
            return value
        case "variables":
            guard let value = variables[first] else {
                throw .invalidTemplate("The template variable '\(first)' is not found")
            }
            return try evaluate(value)
        case "subscription":
            return [
                "id": .string("/subscriptions/\(subscription)"), "subscriptionId": .string(subscription),
                "tenantId": .string(tenant), "displayName": "Test",
            ]
        case "tenant": return ["tenantId": .string(tenant)]
        case "resourcegroup":
            return ["id": .string(groupID), "name": .string(group), "location": .string(location)]
        case "deployment": return ["name": .string(deployment)]
        case "environment":
            return [
                "name": "AzureCloud",
                "suffixes": ["keyvaultDns": ".vault.azure.net", "storage": "core.windows.net"],
                "authentication": ["loginEndpoint": "https://login.microsoftonline.com/"],
                "resourceManager": "https://management.azure.com/",
            ]
        case "resourceid": return .string(try TemplateIdentifiers.resource(values, groupID, subscription))
        case "subscriptionresourceid":
            return .string(try TemplateIdentifiers.subscription(values, subscription))
        case "extensionresourceid": return .string(try TemplateIdentifiers.extended(values))
        case "tenantresourceid": return .string(try TemplateIdentifiers.tenant(values))
        case "reference": return try reference(values)
        default: return nil
        }
    }

    private func reference(_ values: [JSONValue]) throws(ARMFailure) -> JSONValue {
        guard let id = values.first?.stringValue, let lookUp else {
            throw .invalidTemplate("The template function 'reference' is not expected at this location")
        }
        let found = try lookUp(id)
        let isFull = values.count > 2 && values[2].stringValue?.lowercased() == "full"
        return isFull ? found : found["properties"] ?? [:]
    }
}
