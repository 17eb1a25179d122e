// SPDX-License-Identifier: Apache-2.0

import Cryptography
import HTTPTransport
import JSONValue
import MegaraptorErrors

/// Credentials of a role for somebody who has signed in with `aws sso login`.
///
/// The token lies in a cache that the AWS CLI writes. It is only read here: signing in, and anew, is the CLI's.
struct SSOCredentials: Sendable {
    private let profileName: String
    private let account: String
    private let role: String
    private let region: AWSRegion
    private let tokenFile: String
    private let endpoint: AWSEndpoint

    /// - Returns: `nil` where the profile does not speak of a sign-in.
    init?(_ profile: ProfileFile.Section, _ name: String, _ settings: AWSSettings) throws(MegaraptorError) {
        func value(_ setting: String) -> String? { ProfileCredentials.value(setting, of: profile) }
        let session = value("sso_session")
        guard session != nil || value("sso_start_url") != nil else { return nil }
        guard let account = value("sso_account_id"), let role = value("sso_role_name") else {
            throw ProfileCredentials.failure(name, "sso_account_id or sso_role_name is missing")
        }
        let section = session.map { settings.profiles.session($0) ?? [:] } ?? profile
        guard let regionName = ProfileCredentials.value("sso_region", of: section),
            let start = ProfileCredentials.value("sso_start_url", of: section)
        else { throw ProfileCredentials.failure(name, "sso_region or sso_start_url of its sign-in is missing") }
        guard let home = settings.environment.home else {
            throw ProfileCredentials.failure(name, "HOME is not set, so the sign-in's token cannot be found")
        }
        profileName = name
        (self.account, self.role) = (account, role)
        region = try AWSRegion(regionName)
        // The CLI names the file after the session, or where there is none, after the start URL.
        let name = Hexadecimal.encode(try Cryptography.sha1(Array((session ?? start).utf8)))
        tokenFile = "\(home)/.aws/sso/cache/\(name).json"
        endpoint = try settings.endpoint(.sso, in: region)
    }

    func find(now: Int64) async throws(MegaraptorError) -> AWSCredentials {
        let token = try token(now)
        let query = "role_name=\(URIEncoding.encode(role))&account_id=\(URIEncoding.encode(account))"
        let request = HTTPRequest(
            "GET",
            "\(endpoint.url)/federation/credentials?\(query)",
            headers: ["x-amz-sso_bearer_token": token],
            greatestBody: 1 << 20
        )
        let response = try await HTTPClient().send(request)
        guard response.isSuccess else {
            let fault = AWSFault(response)
            if fault.meaning == .unauthenticated { throw signIn("the sign-in has ended") }
            throw fault.error(.sso, "GetRoleCredentials", hiding: [token], now: now)
        }
        let answer = try parsed(response.body, "the answer for its role")["roleCredentials"]
        guard let key = answer?["accessKeyId"]?.stringValue, let secret = answer?["secretAccessKey"]?.stringValue,
            let session = answer?["sessionToken"]?.stringValue
        else { throw ProfileCredentials.failure(profileName, "the answer for its role cannot be read") }
        return AWSCredentials(
            accessKeyID: key,
            secretAccessKey: secret,
            sessionToken: session,
            // In milliseconds.
            expiration: answer?["expiration"]?.integerValue.map { $0 / 1000 },
            source: "the sign-in"
        )
    }

    private func token(_ now: Int64) throws(MegaraptorError) -> String {
        guard let bytes = try SmallFile.read(tokenFile) else { throw signIn("nobody has signed in") }
        let json = try parsed(bytes, "the sign-in's token")
        guard let token = json["accessToken"]?.stringValue,
            let end = json["expiresAt"]?.stringValue.flatMap(Self.moment)
        else { throw signIn("the sign-in's token cannot be read") }
        guard end > now else {
            throw signIn("the sign-in has ended", isRenewable: json["refreshToken"]?.stringValue != nil)
        }
        return token
    }

    /// What cannot be read may hold a token, so no part of it goes into the error.
    private func parsed(_ bytes: [UInt8], _ what: String) throws(MegaraptorError) -> JSONValue {
        do {
            return try JSONValue(json: bytes)
        } catch {
            throw signIn("\(what) cannot be read: it is no JSON from byte \(error.offset) on")
        }
    }

    /// The CLI's earlier versions wrote `2020-01-01T00:00:00UTC`.
    private static func moment(_ text: String) -> Int64? {
        let text = text.hasSuffix("UTC") ? text.dropLast(3) + "Z" : text[...]
        return ISO8601.unixMicroseconds(String(text)).map { $0 / 1_000_000 }
    }

    /// - Parameter isRenewable: the AWS CLI has what it needs for a new token without a person.
    private func signIn(_ why: String, isRenewable: Bool = false) -> MegaraptorError {
        let login = "aws sso login --profile \(profileName)"
        return MegaraptorError(
            .unauthenticated,
            "The AWS profile \(profileName) gives no credentials: \(why).",
            hint: isRenewable
                ? "The token has run out: any aws command with this profile renews it, such as aws sts"
                    + " get-caller-identity --profile \(profileName). Where that fails: \(login)."
                : "Sign in with \(login)."
        )
    }
}
