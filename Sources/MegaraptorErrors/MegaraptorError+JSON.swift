// SPDX-License-Identifier: Apache-2.0

public import JSONValue

extension MegaraptorError {
    /// `{code, message, hint, retryable, cause, details}`: the shape of a failure in the plugin contract and in tool results.
    public var json: JSONValue {
        var object: JSONObject = ["code": .string(code.name), "message": .string(message)]
        if !hint.isEmpty { object["hint"] = .string(hint) }
        if let cause { object["cause"] = .string(cause) }
        object["retryable"] = .bool(retryable)
        if !details.isEmpty { object["details"] = .object(details) }
        return .object(object)
    }

    /// Reads ``json`` back. A failure without a known code or message is itself the fault of who sent it: `nil`.
    public init?(json: JSONValue) {
        guard let name = json["code"]?.stringValue, let code = Code(name: name),
            let message = json["message"]?.stringValue
        else { return nil }
        self.init(
            code,
            message,
            hint: json["hint"]?.stringValue ?? "",
            cause: json["cause"]?.stringValue,
            retryable: json["retryable"]?.boolValue ?? false,
            details: json["details"]?.objectValue ?? [:]
        )
    }
}
