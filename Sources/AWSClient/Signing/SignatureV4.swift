// SPDX-License-Identifier: Apache-2.0

internal import Cryptography
internal import JSONValue
public import MegaraptorErrors

/// AWS Signature Version 4: proves who sends a request, and that nobody changed it.
///
/// libcurl can sign too, but in the versions around it sorts no query and takes names without value wrongly.
public struct SignatureV4: Sendable {
    static let algorithm = "AWS4-HMAC-SHA256"

    public var credentials: AWSCredentials
    public var region: String
    /// The name in the credential scope, such as `cloudformation`.
    public var service: String

    public init(credentials: AWSCredentials, region: String, service: String) {
        self.credentials = credentials
        self.region = region
        self.service = service
    }

    /// The header fields that make a request a signed one: `X-Amz-Date`, `X-Amz-Security-Token` for temporary credentials,
    /// and `Authorization`. All that the request has are signed with them.
    ///
    /// - Parameter unixSeconds: now. AWS takes what is at most five minutes away from its own clock.
    public func headers(
        for request: SignableRequest,
        unixSeconds: Int64
    ) throws(MegaraptorError) -> [(name: String, value: String)] {
        let moment = Self.stamp(unixSeconds)
        var added = [(name: "X-Amz-Date", value: moment)]
        if let token = credentials.sessionToken { added.append(("X-Amz-Security-Token", token)) }
        var request = request
        request.headers.removeAll { header in added.contains { $0.name.lowercased() == header.name.lowercased() } }
        request.headers += added
        let scope = "\(moment.prefix(8))/\(region)/\(service)/aws4_request"
        let signed = request.canonicalHeaders.map(\.name).joined(separator: ";")
        let text = try Self.stringToSign(request, moment: moment, scope: scope)
        let signature = Hexadecimal.encode(
            try Cryptography.hmacSHA256(Array(text.utf8), key: try signingKey(day: String(moment.prefix(8))))
        )
        added.append(
            (
                "Authorization",
                "\(Self.algorithm) Credential=\(credentials.accessKeyID)/\(scope), SignedHeaders=\(signed), "
                    + "Signature=\(signature)"
            )
        )
        return added
    }

    static func canonicalRequest(_ request: SignableRequest) throws(MegaraptorError) -> String {
        let headers = request.canonicalHeaders
        // S3 wants the digest of the body as a field, which may also say that it is not signed.
        let given = headers.first { $0.name == "x-amz-content-sha256" }?.value
        let digest = try SHA256.digest(request.body)
        return [
            request.method, request.canonicalPath, request.canonicalQuery,
            headers.map { "\($0.name):\($0.value)\n" }.joined(),
            headers.map(\.name).joined(separator: ";"),
            given ?? Hexadecimal.encode(digest),
        ].joined(separator: "\n")
    }

    static func stringToSign(
        _ request: SignableRequest,
        moment: String,
        scope: String
    ) throws(MegaraptorError) -> String {
        let canonical = try SHA256.digest(Array(try canonicalRequest(request).utf8))
        return [algorithm, moment, scope, Hexadecimal.encode(canonical)].joined(separator: "\n")
    }

    private func signingKey(day: String) throws(MegaraptorError) -> [UInt8] {
        var key = Array("AWS4\(credentials.secretAccessKey)".utf8)
        for part in [day, region, service, "aws4_request"] {
            key = try Cryptography.hmacSHA256(Array(part.utf8), key: key)
        }
        return key
    }

    /// `20150830T123600Z`.
    static func stamp(_ unixSeconds: Int64) -> String {
        ISO8601.string(unixSeconds: unixSeconds).filter { $0 != "-" && $0 != ":" }
    }
}
