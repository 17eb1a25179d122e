// SPDX-License-Identifier: Apache-2.0

import HTTPTransport
import MegaraptorErrors

/// The metadata service of an EC2 instance, in its version 2 alone: version 1 answers to whoever can make the instance
/// send a request.
struct InstanceMetadata: Sendable {
    private let base: String

    /// - Returns: `nil` where it is turned off.
    init?(_ settings: AWSSettings) throws(MegaraptorError) {
        let environment = settings.environment
        if environment.isTrue("AWS_EC2_METADATA_DISABLED") { return nil }
        let given =
            environment["AWS_EC2_METADATA_SERVICE_ENDPOINT"] ?? settings.setting("ec2_metadata_service_endpoint")
        let mode =
            environment["AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE"]
            ?? settings.setting("ec2_metadata_service_endpoint_mode")
        let usual = mode?.lowercased() == "ipv6" ? "http://[fd00:ec2::254]" : "http://169.254.169.254"
        let url = given ?? usual
        try MetadataAddress.check(url, "AWS_EC2_METADATA_SERVICE_ENDPOINT")
        base = url.hasSuffix("/") ? String(url.dropLast()) : url
    }

    /// - Returns: `nil` where this is no instance, or one without a role.
    func credentials() async throws(MegaraptorError) -> AWSCredentials? {
        guard let token = try await token() else { return nil }
        let folder = "/latest/meta-data/iam/security-credentials/"
        guard let roles = try await get(folder, token),
            let role = String(decoding: roles, as: UTF8.self).split(whereSeparator: \.isNewline).first
        else { return nil }
        guard let document = try await get(folder + URIEncoding.encode(String(role)), token) else { return nil }
        return try CredentialsDocument.read(document, tokenName: "Token", source: "the instance's role")
    }

    /// The region that the instance runs in; `nil` where this is no instance.
    func region() async throws(MegaraptorError) -> String? {
        guard let token = try await token() else { return nil }
        return try await get("/latest/meta-data/placement/region", token).map { String(decoding: $0, as: UTF8.self) }
    }

    private func token() async throws(MegaraptorError) -> String? {
        let request = HTTPRequest(
            "PUT",
            "\(base)/latest/api/token",
            headers: ["X-aws-ec2-metadata-token-ttl-seconds": "21600"],
            limits: MetadataAddress.limits,
            greatestBody: 65_536
        )
        do {
            let response = try await MetadataAddress.client.send(request)
            return response.isSuccess ? response.text : nil
        } catch {
            if error.code == .cancelled { throw error }
            // Nobody answers: this is no instance.
            return nil
        }
    }

    private func get(_ path: String, _ token: String) async throws(MegaraptorError) -> [UInt8]? {
        let request = HTTPRequest(
            "GET",
            base + path,
            headers: ["X-aws-ec2-metadata-token": token],
            limits: MetadataAddress.limits,
            greatestBody: 1 << 20
        )
        let response = try await MetadataAddress.client.send(request)
        if response.status == 404 { return nil }
        guard response.isSuccess else {
            throw MegaraptorError(
                .unavailable,
                "The instance's metadata service answers with status \(response.status)."
            )
        }
        return response.body
    }
}
