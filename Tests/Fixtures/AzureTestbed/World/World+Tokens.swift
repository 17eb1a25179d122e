// SPDX-License-Identifier: Apache-2.0

import Certificates
import Cryptography
import JSONValue

extension World {
    private static let scope = "https://management.azure.com//.default"
    private static let resource = "https://management.azure.com/"

    /// The token endpoint, instance metadata, and App Service's endpoint.
    mutating func answerForTokens(_ request: RecordedRequest) -> Answer {
        switch (request.method, request.path) {
        case ("POST", "/\(AzureTestbed.tenant)/oauth2/v2.0/token"): return tokenAnswer(request)
        case ("POST", _) where request.path.hasSuffix("/oauth2/v2.0/token"):
            return refusal("invalid_request", "AADSTS90002: Tenant not found.")
        case ("GET", "/metadata/identity/oauth2/token"):
            if let other = faults.metadata { return Answer(other.status, text: other.text) }
            guard request.headers["metadata"] == "true", request.query["api-version"] == "2018-02-01" else {
                return Answer(
                    400,
                    ["error": "invalid_request", "error_description": "Required metadata header missing"]
                )
            }
            return machineAnswer(request)
        case ("GET", "/msi/token"):
            guard request.headers["x-identity-header"] == "app-header", request.query["api-version"] == "2019-08-01"
            else {
                return Answer(401, ["statusCode": 401, "message": "The header is wrong."])
            }
            return machineAnswer(request)
        case ("GET", _) where request.path.hasPrefix("/console/"):
            // Whoever has the address may read it, and a token has no business there.
            guard request.query["sig"] == "shown", request.headers["authorization"] == nil else { return Answer(403) }
            return Answer(200, text: consoleLog)
        default: return Answer(404, ["error": "not_found"])
        }
    }

    private mutating func machineAnswer(_ request: RecordedRequest) -> Answer {
        guard request.query["resource"] == Self.resource else {
            return Answer(400, ["error": "invalid_resource", "error_description": "AADSTS500011: no such resource"])
        }
        if let client = request.query["client_id"], client != AzureTestbed.clientID {
            return Answer(400, ["error": "invalid_request", "error_description": "Identity not found"])
        }
        // As texts, which is how these services write numbers.
        return Answer(
            200,
            [
                "access_token": .string(newToken()), "expires_on": "4102444800", "resource": .string(Self.resource),
                "token_type": "Bearer",
            ]
        )
    }

    private mutating func tokenAnswer(_ request: RecordedRequest) -> Answer {
        guard request.headers["content-type"] == "application/x-www-form-urlencoded" else {
            return refusal("invalid_request", "AADSTS900144: The request body must be a form.")
        }
        var form: [String: String] = [:]
        for part in request.text.split(separator: "&") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard pair.count == 2, form[pair[0]] == nil else { return refusal("invalid_request", "A bad form.") }
            form[RecordedRequest.decoded(pair[0])] = RecordedRequest.decoded(pair[1])
        }
        guard form["grant_type"] == "client_credentials" else {
            return refusal("unsupported_grant_type", "AADSTS70003: The grant is not supported.")
        }
        guard form["client_id"] == AzureTestbed.clientID else {
            return refusal("unauthorized_client", "AADSTS700016: Application not found in the directory.")
        }
        guard form["scope"] == Self.scope else { return refusal("invalid_scope", "AADSTS70011: A bad scope.") }
        if let reason = refusesClient(form) { return refusal("invalid_client", reason) }
        return Answer(200, ["token_type": "Bearer", "expires_in": 3599, "access_token": .string(newToken())])
    }

    private mutating func refusesClient(_ form: [String: String]) -> String? {
        if let secret = form["client_secret"] {
            return secret == AzureTestbed.secret ? nil : "AADSTS7000215: Invalid client secret provided."
        }
        guard form["client_assertion_type"] == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            let assertion = form["client_assertion"]
        else { return "AADSTS7000218: The request body must contain client_assertion or client_secret." }
        if let federated { return assertion == federated ? nil : "AADSTS70021: No matching federated identity." }
        return refusesAssertion(assertion)
    }

    /// What is wrong with a signed statement; `nil` where all is right.
    private mutating func refusesAssertion(_ assertion: String) -> String? {
        let parts = assertion.split(separator: ".").map(String.init)
        guard parts.count == 3, let certificate, let head = Self.json(parts[0]), let claims = Self.json(parts[1]),
            let signature = Self.bytes(parts[2]), let digest = try? SHA256.digest(certificate.der)
        else { return "AADSTS50027: JWT token is invalid or malformed." }
        guard head["typ"] == "JWT", head["alg"] == "PS256",
            head["x5t#S256"]?.stringValue == String(Base64.encode(digest, .url).prefix { $0 != "=" })
        else { return "AADSTS700027: The certificate with that thumbprint is not registered." }
        let signed = Array("\(parts[0]).\(parts[1])".utf8)
        guard (try? certificate.verifies(signature, of: signed, .rsaPSS)) == true else {
            return "AADSTS700027: Client assertion failed signature validation."
        }
        let url = "\(url)/\(AzureTestbed.tenant)/oauth2/v2.0/token"
        guard claims["aud"]?.stringValue == url, claims["iss"]?.stringValue == AzureTestbed.clientID,
            claims["sub"] == claims["iss"], let begin = claims["nbf"]?.integerValue,
            let end = claims["exp"]?.integerValue, end - begin <= 900, let id = claims["jti"]?.stringValue
        else { return "AADSTS50013: Assertion failed validation." }
        return usedAssertions.insert(id).inserted ? nil : "AADSTS50013: The assertion was used before."
    }

    private static func bytes(_ text: String) -> [UInt8]? {
        let padding = String(repeating: "=", count: (4 - text.count % 4) % 4)
        return Base64.decode(Array((text + padding).utf8), .url)
    }

    private static func json(_ text: String) -> JSONValue? {
        bytes(text).flatMap { try? JSONValue(json: $0) }
    }

    private mutating func newToken() -> String {
        let token = "test-token-\(uuid())"
        tokens.insert(token)
        return token
    }

    private mutating func refusal(_ code: String, _ text: String) -> Answer {
        let body: JSONValue = [
            "error": .string(code), "error_description": .string("\(text) Trace ID: \(uuid())\r\nTimestamp: now"),
            "trace_id": .string(uuid()), "correlation_id": .string(uuid()),
        ]
        return Answer(code == "invalid_client" ? 401 : 400, body)
    }
}
