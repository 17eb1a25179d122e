// SPDX-License-Identifier: Apache-2.0

import JSONValue

/// An error in Resource Manager's own shape.
struct ARMFailure: Error {
    var status: Int
    var code: String
    var message: String
    var target: String?
    var details: [ARMFailure] = []

    init(_ status: Int, _ code: String, _ message: String, target: String? = nil, details: [ARMFailure] = []) {
        self.status = status
        self.code = code
        self.message = message
        self.target = target
        self.details = details
    }

    static func invalidTemplate(_ message: String) -> ARMFailure {
        ARMFailure(400, "InvalidTemplate", "Deployment template validation failed: '\(message)'.")
    }

    static func badRequest(_ message: String) -> ARMFailure { ARMFailure(400, "InvalidRequestContent", message) }

    static func notFound(_ type: String, _ name: String, _ group: String) -> ARMFailure {
        ARMFailure(
            404,
            "ResourceNotFound",
            "The Resource '\(type)/\(name)' under resource group '\(group)' was not found."
        )
    }

    /// `{code, message, target?, details?}`.
    var json: JSONValue {
        var json: JSONObject = ["code": .string(code), "message": .string(message)]
        if let target { json["target"] = .string(target) }
        if !details.isEmpty { json["details"] = .array(details.map(\.json)) }
        return .object(json)
    }
}
