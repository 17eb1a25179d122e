// SPDX-License-Identifier: Apache-2.0

import Glibc
import HTTPTransport
import JSONValue
import MegaraptorErrors

/// Where tokens are asked for, and how the answers are read.
enum TokenEndpoint {
    /// The token endpoint of a tenant. Version 2.0; AD FS has none.
    static func url(authority: String, tenant: String) -> String {
        tenant == "adfs" ? "\(authority)/adfs/oauth2/token" : "\(authority)/\(tenant)/oauth2/v2.0/token"
    }

    /// Asks with a form in the body. Asking twice changes nothing, so it is retried.
    static func ask(
        _ url: String,
        _ form: [(String, String)],
        _ who: String,
        _ retries: RetryPolicy
    ) async throws(MegaraptorError) -> AccessToken {
        let body = form.map { "\(URLText.form($0.0))=\(URLText.form($0.1))" }.joined(separator: "&")
        let request = HTTPRequest(
            "POST",
            url,
            headers: ["Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"],
            body: .bytes(Array(body.utf8)),
            greatestBody: 1 << 20
        )
        let response = try await retries.run(isIdempotent: true) { () throws(MegaraptorError) in
            try await HTTPClient().send(request)
        }
        return try read(response, who)
    }

    /// Numbers come as numbers or as texts, and when it ends as a moment or as a duration.
    static func read(_ response: HTTPResponse, _ who: String) throws(MegaraptorError) -> AccessToken {
        let json = (try? JSONValue(json: response.body)) ?? .null
        guard response.isSuccess else { throw refusal(response, json, who) }
        func number(_ name: String) -> Int64? {
            json[name]?.integerValue ?? json[name]?.stringValue.flatMap(Int64.init)
        }
        let expires = number("expires_in").map { Int64(time(nil)) + $0 } ?? number("expires_on")
        guard let value = json["access_token"]?.stringValue, !value.isEmpty, let expires else {
            throw MegaraptorError(.internal, "\(who) got an answer without a token.")
        }
        return AccessToken(value, expires: expires)
    }

    /// `error_description` is Entra's own text with its `AADSTS` number; it holds no secret.
    private static func refusal(_ response: HTTPResponse, _ json: JSONValue, _ who: String) -> MegaraptorError {
        let code = json["error"]?.stringValue ?? "status \(response.status)"
        let text = json["error_description"]?.stringValue.map { String($0.prefix { !$0.isNewline }) } ?? ""
        var details: JSONObject = ["azure_code": .string(code), "status": .integer(Int64(response.status))]
        if let trace = json["trace_id"] { details["trace_id"] = trace }
        if let request = json["correlation_id"] { details["correlation_id"] = request }
        let isBusy = response.status == 429 || response.status >= 500
        return MegaraptorError(
            isBusy ? .unavailable : .unauthenticated,
            "\(who) was given no token: \(code)\(text.isEmpty ? "" : ": \(text)")",
            hint: isBusy ? "Try again." : hint(text),
            retryable: isBusy,
            details: details
        )
    }

    private static func hint(_ text: String) -> String {
        let known = [
            ("AADSTS7000215", "The client secret is wrong: give its value, not its id, in AZURE_CLIENT_SECRET."),
            ("AADSTS7000222", "The client secret has expired: make a new one in the app registration."),
            ("AADSTS700016", "The tenant has no such application: check AZURE_CLIENT_ID and AZURE_TENANT_ID."),
            ("AADSTS700027", "The certificate is not registered with the application, or has expired."),
            ("AADSTS90002", "There is no such tenant: check AZURE_TENANT_ID and the cloud."),
        ]
        return known.first { text.contains($0.0) }?.1 ?? "Check the tenant, the client id and the credential."
    }
}
