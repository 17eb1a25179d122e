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
        let json = Self.json(response.text)
        let reason = Self.innermost(json?["error"] ?? json ?? .null)
        status = response.status
        code = reason["code"]?.stringValue ?? "Status\(response.status)"
        // What is no error of Azure's shape is told as it came.
        message =
            reason["message"]?.stringValue
            ?? "the answer has the status \(response.status)"
            + (response.body.isEmpty ? "." : " and begins with \"\(Self.beginning(response.text))\".")
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

    /// The first words of a text, in one line. One that says back what it was sent may hold a token or a key.
    static func beginning(_ text: String) -> String {
        if ["Bearer ", "PRIVATE KEY"].contains(where: text.contains) { return "(not shown)" }
        return text.prefix(2000).split(whereSeparator: \.isWhitespace).joined(separator: " ").prefix(300).description
    }

    /// `nil` where a text is no object in JSON.
    private static func json(_ text: String) -> JSONValue? {
        guard text.drop(while: \.isWhitespace).hasPrefix("{"), let json = try? JSONValue(json: text) else { return nil }
        return json
    }

    /// Outer errors such as `DeploymentFailed` only say that there are inner ones: in their details, or as JSON in the
    /// text of their message.
    private static func innermost(_ error: JSONValue) -> JSONValue {
        let wrappers: Set<String> = [
            "DeploymentFailed", "InvalidTemplateDeployment", "ResourceDeploymentFailure", "MultipleErrorsOccurred",
            "Conflict", "BadRequest", "ValidationErrors",
        ]
        var error = error
        var depth = 0
        while depth < 8 {
            let isWrapper = wrappers.contains(error["code"]?.stringValue ?? "")
            if isWrapper, let inner = error["details"]?.arrayValue?.first(where: { $0["code"]?.stringValue != nil }) {
                error = inner
            } else if let json = error["message"]?.stringValue.flatMap(Self.json),
                let inner = [json["error"], json].compactMap(\.self).first(where: { $0["code"]?.stringValue != nil })
            {
                error = inner
            } else {
                break
            }
            depth += 1
        }
        return error
    }
}
