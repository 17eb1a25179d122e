// SPDX-License-Identifier: Apache-2.0

import AWSTestbed
import Foundation
import MegaraptorErrors
import Testing

@testable import AWSClient

@Suite("Credentials from sign-ins, tokens, containers and instances", .timeLimit(.minutes(1)))
struct SignInTests {
    private static let config = """
        [profile new]
        sso_session = team
        sso_account_id = 123456789012
        sso_role_name = Deploy Er
        [sso-session team]
        sso_region = eu-west-1
        sso_start_url = https://team.awsapps.com/start
        [profile old]
        sso_start_url = https://team.awsapps.com/start
        sso_region = eu-west-1
        sso_account_id = 123456789012
        sso_role_name = Deploy Er
        """
    private static let answer =
        #"{"roleCredentials":{"accessKeyId":"AKIDSSO","secretAccessKey":"sso-secret","sessionToken":"sso-token","#
        + #""expiration":1924992000000}}"#

    /// SHA-1 of `team` and of the start URL, by coreutils' sha1sum.
    private static let files = [
        "new": "d25187dc137f35c88bc80ec8c3ffbdb17b5eb873", "old": "629c0f190b728da3e83c63c81257900d28075829",
    ]

    @Test("a sign-in of both forms is found in the CLI's cache", arguments: ["new", "old"])
    func signIn(_ profile: String) async throws {
        let server = try ScriptedServer { _ in AWSAnswer(200, Self.answer) }
        let home = try Home(config: Self.config)
        let name = try #require(Self.files[profile])
        try home.write(
            ".aws/sso/cache/\(name).json",
            #"{"accessToken":"signed-in","expiresAt":"2031-01-01T00:00:00Z"}"#
        )
        let found = try await home.find(profile: profile, ["AWS_ENDPOINT_URL_SSO": server.url])
        #expect(found.accessKeyID == "AKIDSSO")
        #expect(found.expiration == 1_924_992_000)
        let request = try #require(server.requests.first)
        #expect(request.target == "/federation/credentials?role_name=Deploy%20Er&account_id=123456789012")
        #expect(request.headers["x-amz-sso_bearer_token"] == "signed-in")
        #expect(request.headers["authorization"] == nil)
    }

    @Test("a sign-in that has ended, is missing, or that AWS does not take any more: sign in again")
    func ended() async throws {
        let server = try ScriptedServer { _ in
            AWSAnswer(401, #"{"__type":"UnauthorizedException","message":"Session token not found or invalid"}"#)
        }
        let home = try Home(config: Self.config)
        let file = ".aws/sso/cache/\(Self.files["new"] ?? "").json"
        let cases: [(String?, String)] = [
            (nil, "nobody has signed in"),
            (#"{"accessToken":"signed-in","expiresAt":"2020-01-01T00:00:00UTC"}"#, "has ended"),
            (#"{"accessToken":"signed-in","expiresAt":"2031-01-01T00:00:00Z"}"#, "has ended"), ("{}", "cannot be read"),
        ]
        for (token, words) in cases {
            if let token { try home.write(file, token) }
            let error = await #expect(throws: MegaraptorError.self) {
                try await home.find(profile: "new", ["AWS_ENDPOINT_URL_SSO": server.url])
            }
            #expect(error?.code == .unauthenticated)
            #expect(error?.message.contains(words) == true, "\(String(describing: error))")
            #expect(error?.hint == "Sign in with aws sso login --profile new.")
            #expect(!"\(String(describing: error))".contains("signed-in"))
        }
    }

    @Test("a web identity takes a role without a signature; an error does not show its token")
    func webIdentity() async throws {
        let answers = Answers(
            AWSAnswer(200, Self.webAnswer),
            .fault(400, "InvalidIdentityToken", "The token the-jwt is no good")
        )
        let server = try ScriptedServer { _ in answers.next() }
        let home = try Home()
        let variables = [
            "AWS_WEB_IDENTITY_TOKEN_FILE": try home.write("token", "the-jwt\n"), "AWS_ROLE_ARN": "arn:role",
            "AWS_ENDPOINT_URL_STS": server.url,
        ]
        #expect(try await home.find(variables).accessKeyID == "AKIDROLE")
        let request = try #require(server.requests.first)
        #expect(request.form["Action"] == "AssumeRoleWithWebIdentity")
        #expect(request.form["WebIdentityToken"] == "the-jwt")
        #expect(request.headers["authorization"] == nil)
        let error = await #expect(throws: MegaraptorError.self) { try await home.find(variables) }
        #expect(error?.code == .unauthenticated)
        #expect(!"\(String(describing: error))".contains("the-jwt"))
    }

    private static let webAnswer = CredentialsTests.assumed
        .replacingOccurrences(of: "AssumeRoleResult", with: "AssumeRoleWithWebIdentityResult")

    @Test("a container's role: the token's file counts before the token")
    func container() async throws {
        let server = try ScriptedServer { _ in AWSAnswer(200, Self.document) }
        let home = try Home()
        var variables = [
            "AWS_CONTAINER_CREDENTIALS_FULL_URI": "\(server.url)/role",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN": "plain-token",
        ]
        #expect(try await home.find(variables).accessKeyID == "AKIDDOC")
        #expect(server.requests.last?.headers["authorization"] == "plain-token")
        variables["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] = try home.write("auth", "file-token\n")
        _ = try await home.find(variables)
        #expect(server.requests.last?.headers["authorization"] == "file-token")
        #expect(server.requests.last?.target == "/role")
    }

    @Test(
        "credentials without TLS come from this machine or the link alone",
        arguments: [
            ("http://example.org/x", false), ("http://127.0.0.1.example.org/x", false), ("ftp://127.0.0.1/", false),
            ("http://169.254.170.2/x", true), ("http://[fd00:ec2::23]/x", true), ("https://example.org/x", true),
            ("http://localhost:1/x", true), ("http://127.0.0.1@example.org/", false),
        ]
    )
    func hosts(_ url: String, _ isAllowed: Bool) throws {
        if isAllowed {
            try MetadataAddress.check(url, "X")
        } else {
            let error = #expect(throws: MegaraptorError.self) { try MetadataAddress.check(url, "X") }
            #expect(error?.code == .permissionDenied)
        }
    }

    @Test("an instance's role and region, by version 2 of its metadata service alone")
    func instance() async throws {
        let server = try ScriptedServer { request in
            if request.method == "PUT" {
                let wish = request.headers["x-aws-ec2-metadata-token-ttl-seconds"]
                return wish == nil ? AWSAnswer(400) : AWSAnswer(200, "imds-token")
            }
            guard request.headers["x-aws-ec2-metadata-token"] == "imds-token" else { return AWSAnswer(401) }
            return switch request.target {
            case "/latest/meta-data/iam/security-credentials/": AWSAnswer(200, "the-role\n")
            case "/latest/meta-data/iam/security-credentials/the-role": AWSAnswer(200, Self.document)
            case "/latest/meta-data/placement/region": AWSAnswer(200, "ap-south-1")
            default: AWSAnswer(404)
            }
        }
        let home = try Home()
        let variables = [
            "AWS_EC2_METADATA_DISABLED": "false", "AWS_EC2_METADATA_SERVICE_ENDPOINT": server.url + "/",
        ]
        #expect(try await home.find(variables).accessKeyID == "AKIDDOC")
        let client = try await AWSClient(try home.settings(variables), clock: TestClock().clock)
        #expect(client.region.name == "ap-south-1")
    }

    @Test("without a role, and where nobody answers, the instance is just no place to look")
    func noInstance() async throws {
        let server = try ScriptedServer { $0.method == "PUT" ? AWSAnswer(200, "t") : AWSAnswer(404) }
        let home = try Home()
        for url in [server.url, "http://127.0.0.1:1"] {
            let error = await #expect(throws: MegaraptorError.self) {
                try await home.find(
                    ["AWS_EC2_METADATA_DISABLED": "false", "AWS_EC2_METADATA_SERVICE_ENDPOINT": url]
                )
            }
            #expect(error?.message == "No AWS credentials were found.")
        }
    }

    private static let document =
        #"{"Code":"Success","AccessKeyId":"AKIDDOC","SecretAccessKey":"doc-secret","Token":"doc-token","#
        + #""Expiration":"2031-01-01T00:00:00Z"}"#
}
