// SPDX-License-Identifier: Apache-2.0

import JSONValue

/// Resource ids as the template functions make them.
enum TemplateIdentifiers {
    /// `resourceId([subscription], [group], type, name…)`.
    static func resource(
        _ values: [JSONValue],
        _ groupID: String,
        _ subscription: String
    ) throws(ARMFailure) -> String {
        let texts = values.compactMap(\.stringValue)
        guard texts.count == values.count, let place = texts.firstIndex(where: { $0.contains("/") }), place <= 2 else {
            throw .invalidTemplate("'resourceId' takes a type and as many names as the type has parts")
        }
        let path = try path(texts[place], Array(texts[(place + 1)...]))
        switch place {
        case 0: return "\(groupID)/providers/\(path)"
        case 1: return "/subscriptions/\(subscription)/resourceGroups/\(texts[0])/providers/\(path)"
        default: return "/subscriptions/\(texts[0])/resourceGroups/\(texts[1])/providers/\(path)"
        }
    }

    static func subscription(_ values: [JSONValue], _ subscription: String) throws(ARMFailure) -> String {
        let texts = values.compactMap(\.stringValue)
        guard let place = texts.firstIndex(where: { $0.contains("/") }), place <= 1 else {
            throw .invalidTemplate("'subscriptionResourceId' takes a type and its names")
        }
        let path = try path(texts[place], Array(texts[(place + 1)...]))
        return "/subscriptions/\(place == 1 ? texts[0] : subscription)/providers/\(path)"
    }

    static func extended(_ values: [JSONValue]) throws(ARMFailure) -> String {
        let texts = values.compactMap(\.stringValue)
        guard texts.count >= 3 else { throw .invalidTemplate("'extensionResourceId' takes an id, a type and names") }
        return "\(texts[0])/providers/\(try path(texts[1], Array(texts[2...])))"
    }

    static func tenant(_ values: [JSONValue]) throws(ARMFailure) -> String {
        let texts = values.compactMap(\.stringValue)
        guard let type = texts.first else { throw .invalidTemplate("'tenantResourceId' takes a type and its names") }
        return "/providers/\(try path(type, Array(texts.dropFirst())))"
    }

    /// The names between the parts of a type.
    static func path(_ type: String, _ names: [String]) throws(ARMFailure) -> String {
        let parts = type.split(separator: "/").map(String.init)
        guard parts.count == names.count + 1, parts.count > 1, names.allSatisfy({ !$0.isEmpty && !$0.contains("/") })
        else {
            throw .invalidTemplate("The type '\(type)' needs \(parts.count - 1) names without '/', and has \(names)")
        }
        return parts[0] + zip(parts.dropFirst(), names).map { "/\($0)/\($1)" }.joined()
    }
}
