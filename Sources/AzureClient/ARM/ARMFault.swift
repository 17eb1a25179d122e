// SPDX-License-Identifier: Apache-2.0

internal import HTTPTransport
public import JSONValue
public import MegaraptorErrors

/// What Azure says when something fails, and what that means here.
///
/// An error keeps Azure's own code, message, target and request ids in its details: `azure_code`, `request_id`,
/// `correlation_id`.
public struct ARMFault: Sendable {
    let code: String
    let message: String
    let target: String?
    let status: Int?
    let place: String
    let ids: JSONObject

    /// Reads a refusal.
    init(_ response: HTTPResponse, _ request: ARMRequest) {
        let json = (try? JSONValue(json: response.body)) ?? .null
        let reason = Self.innermost(json["error"] ?? json)
        status = response.status
        code = reason["code"]?.stringValue ?? "Status\(response.status)"
        message = reason["message"]?.stringValue ?? "Azure answered with status \(response.status)."
        target = reason["target"]?.stringValue
        place = "\(request.method) \(request.path)"
        var ids: JSONObject = [:]
        for (name, header) in [
            ("request_id", "x-ms-request-id"), ("correlation_id", "x-ms-correlation-request-id"),
            ("client_request_id", "x-ms-client-request-id"),
        ] {
            if let value = response.headers[header] { ids[name] = .string(value) }
        }
        self.ids = ids
    }

    /// Reads the `error` of an operation that has failed.
    ///
    /// - Parameter place: what failed, for people.
    public init(_ error: JSONValue, place: String, ids: JSONObject = [:]) {
        let reason = Self.innermost(error)
        code = reason["code"]?.stringValue ?? "Unknown"
        message = reason["message"]?.stringValue ?? "Azure gives no reason."
        target = reason["target"]?.stringValue
        status = nil
        self.place = place
        self.ids = ids
    }

    public var error: MegaraptorError {
        let (code, hint) = meaning
        var details = ids
        details["azure_code"] = .string(self.code)
        if let status { details["status"] = .integer(Int64(status)) }
        if let target { details["target"] = .string(target) }
        let isBusy = status.map { $0 == 429 || $0 >= 500 } ?? false
        return MegaraptorError(
            code,
            "Azure refused \(place): \(message) (\(self.code))",
            hint: hint,
            retryable: isBusy && place.hasPrefix("GET "),
            details: details
        )
    }

    /// Outer errors such as `DeploymentFailed` only say that there are inner ones.
    private static func innermost(_ error: JSONValue) -> JSONValue {
        let wrappers: Set<String> = [
            "DeploymentFailed", "InvalidTemplateDeployment", "ResourceDeploymentFailure", "MultipleErrorsOccurred",
            "Conflict", "BadRequest", "ValidationErrors",
        ]
        var error = error
        var depth = 0
        while depth < 8, wrappers.contains(error["code"]?.stringValue ?? ""),
            let inner = error["details"]?.arrayValue?.first(where: { $0["code"]?.stringValue != nil })
        {
            error = inner
            depth += 1
        }
        return error
    }
}
