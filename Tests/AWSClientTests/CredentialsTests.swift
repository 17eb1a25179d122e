// SPDX-License-Identifier: Apache-2.0

import AWSTestbed
import Foundation
import MegaraptorErrors
import Testing

@testable import AWSClient

@Suite("Where credentials come from", .timeLimit(.minutes(1)))
struct CredentialsTests {
    private static let keys = "aws_access_key_id = AKIDPROFILE\naws_secret_access_key = profile-secret\n"

    @Test("the environment counts before a profile, but not before one that was asked for")
    func environment() async throws {
        let home = try Home(credentials: "[main]\n\(Self.keys)")
        let variables = [
            "AWS_ACCESS_KEY_ID": "AKIDENV", "AWS_SECRET_ACCESS_KEY": "env-secret", "AWS_SESSION_TOKEN": "env-token",
            "AWS_PROFILE": "main",
        ]
        let found = try await home.find(variables)
        #expect(found.accessKeyID == "AKIDENV")
        #expect(found.sessionToken == "env-token")
        #expect(try await home.find(profile: "main", variables).accessKeyID == "AKIDPROFILE")
    }

    @Test("a half of a key is an error, and no reason to look on")
    func half() async throws {
        let home = try Home(credentials: "[default]\naws_access_key_id = A\n")
        var error = await #expect(throws: MegaraptorError.self) {
            try await home.find(["AWS_SECRET_ACCESS_KEY": "s"])
        }
        #expect(error?.code == .unauthenticated)
        error = await #expect(throws: MegaraptorError.self) { try await home.find() }
        #expect(error?.message.contains("only one is there") == true)
    }

    @Test("nothing anywhere: the error says what to do; a profile that is nowhere is not found")
    func nothing() async throws {
        let home = try Home(config: "[profile other]\nregion = eu-west-1\n")
        let error = await #expect(throws: MegaraptorError.self) { try await home.find() }
        #expect(error?.code == .unauthenticated)
        #expect(error?.hint.contains("aws sso login") == true)
        let missing = #expect(throws: MegaraptorError.self) { try home.settings(["AWS_PROFILE": "main"]) }
        #expect(missing?.code == .notFound)
        #expect(missing?.hint.contains("other") == true)
    }

    @Test("credentials never show themselves")
    func hidden() throws {
        let credentials = AWSCredentials(
            accessKeyID: "AKIDHIDDEN",
            secretAccessKey: "hidden-secret",
            sessionToken: "hidden-token",
            source: "a test"
        )
        var dumped = ""
        dump(credentials, to: &dumped)
        dump(SignatureV4(credentials: credentials, region: "r", service: "s"), to: &dumped)
        let text = "\(credentials) \(String(reflecting: credentials)) \(dumped)"
        for word in ["AKIDHIDDEN", "hidden-secret", "hidden-token"] { #expect(!text.contains(word)) }
    }

    @Test("a command gives them; what it writes wrongly is not shown")
    func process() async throws {
        let home = try Home()
        let answer =
            #"{"Version":1,"AccessKeyId":"AKIDPROC","SecretAccessKey":"proc-secret","SessionToken":"proc-token","#
            + #""Expiration":"2031-01-01T00:00:00Z"}"#
        let file = try home.write("answer.json", answer)
        try home.write(".aws/config", "[default]\ncredential_process = cat '\(file)'; echo noise >&2\n")
        let found = try await home.find()
        #expect(found.accessKeyID == "AKIDPROC")
        #expect(found.sessionToken == "proc-token")
        #expect(found.expiration == 1_924_992_000)
        for command in ["echo very-secret", "cat '\(file)'; exit 3", #"echo '{"SecretAccessKey":"very-secret"}'"#] {
            try home.write(".aws/config", "[default]\ncredential_process = \(command)\n")
            let error = await #expect(throws: MegaraptorError.self) { try await home.find() }
            #expect(error?.code == .unauthenticated)
            #expect(!"\(String(describing: error))".contains("secret"), "\(command)")
        }
    }

    @Test("a command that does not end is ended when the call is cancelled")
    func processCancelled() async throws {
        let home = try Home()
        let mark = home.folder.appendingPathComponent("started").path
        try home.write(".aws/config", "[default]\ncredential_process = touch '\(mark)'; sleep 1000\n")
        let search = Task { try await home.find() }
        while !FileManager.default.fileExists(atPath: mark) { try await Task.sleep(for: .milliseconds(5)) }
        search.cancel()
        let error = await #expect(throws: MegaraptorError.self) { try await search.value }
        #expect(error?.code == .cancelled)
    }

    @Test("a role is taken with another profile's keys, and with all that its profile says")
    func role() async throws {
        let server = try ScriptedServer { _ in AWSAnswer(200, Self.assumed) }
        let home = try Home(
            config: """
                [profile role]
                role_arn = arn:aws:iam::123456789012:role/deployer
                source_profile = base
                role_session_name = session
                external_id = external
                duration_seconds = 1800
                [profile self]
                role_arn = arn:aws:iam::123456789012:role/deployer
                source_profile = self
                \(Self.keys)
                [profile env]
                role_arn = arn:aws:iam::123456789012:role/deployer
                credential_source = Environment
                """,
            credentials: "[base]\n\(Self.keys)"
        )
        let found = try await home.find(profile: "role", ["AWS_ENDPOINT_URL_STS": server.url])
        #expect(found.accessKeyID == "AKIDROLE")
        #expect(found.sessionToken == "role-token")
        let form = try #require(server.requests.first?.form)
        #expect(form["Action"] == "AssumeRole")
        #expect(form["RoleArn"] == "arn:aws:iam::123456789012:role/deployer")
        #expect(form["RoleSessionName"] == "session")
        #expect(form["ExternalId"] == "external")
        #expect(form["DurationSeconds"] == "1800")
        #expect(server.requests.first?.headers["authorization"]?.contains("Credential=AKIDPROFILE/") == true)

        #expect(
            try await home.find(profile: "self", ["AWS_ENDPOINT_URL": server.url]).accessKeyID == "AKIDROLE"
        )
        let variables = [
            "AWS_ENDPOINT_URL": server.url, "AWS_ACCESS_KEY_ID": "AKIDENV", "AWS_SECRET_ACCESS_KEY": "s",
        ]
        _ = try await home.find(profile: "env", variables)
        #expect(server.requests.last?.headers["authorization"]?.contains("Credential=AKIDENV/") == true)
    }

    @Test("roles that lead to each other, nowhere, or to a device are errors")
    func badRoles() async throws {
        let home = try Home(
            config: """
                [profile a]
                role_arn = r
                source_profile = b
                [profile b]
                role_arn = r
                source_profile = a
                [profile lost]
                role_arn = r
                source_profile = none
                [profile alone]
                role_arn = r
                [profile device]
                role_arn = r
                source_profile = a
                mfa_serial = arn:aws:iam::1:mfa/x
                """
        )
        for (profile, words) in [
            ("a", "leads back"), ("lost", "is in no file"), ("alone", "needs source_profile"), ("device", "a device"),
        ] {
            let error = await #expect(throws: MegaraptorError.self) { try await home.find(profile: profile) }
            #expect(error?.message.contains(words) == true, "\(profile): \(String(describing: error))")
        }
    }

    static let assumed = """
        <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
        <AccessKeyId>AKIDROLE</AccessKeyId><SecretAccessKey>role-secret</SecretAccessKey>
        <SessionToken>role-token</SessionToken><Expiration>2031-01-01T00:00:00Z</Expiration>
        </Credentials></AssumeRoleResult></AssumeRoleResponse>
        """
}
