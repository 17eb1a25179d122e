// SPDX-License-Identifier: Apache-2.0

import Certificates
import GRPCTransport
import JSONValue
import MegaraptorErrors
import Testing

@testable import VelociraptorPlugin

@Suite("Failures of the connection", .timeLimit(.minutes(1)))
struct StatusTranslationTests {
    private static let query = VQLQuery("SELECT 1 AS a FROM scope()", effect: .mayChange)

    private func failure(_ change: (inout APIClientConfiguration, TestIdentities) throws -> Void) async throws
        -> MegaraptorError?
    {
        try await ScriptedServer.with { _, _ in
            .ok
        } _: { server in
            let client = try server.client { try change(&$0, server.identities) }
            return await #expect(throws: MegaraptorError.self) { try await client.run(Self.query) }
        }
    }

    @Test("a wrong CA is told, and told differently when it does not even fit the key beside it")
    func wrongAuthority() async throws {
        let other = try await failure { configuration, identities in
            configuration.authority = try identities.strangeAuthority.certificate.pem()
        }
        #expect(other?.code == .unauthenticated)
        #expect(other?.message.contains("is not certified by the ca_certificate in api_client.yaml") == true)
        let mixed = try await failure { configuration, identities in
            configuration.authority = try identities.strangeAuthority.certificate.pem()
            configuration.certificates.authorityIssuedClient = false
        }
        #expect(mixed?.message.contains("nor of the key beside it") == true)
    }

    @Test("a wrong name is told with the name that was expected")
    func wrongName() async throws {
        let failure = try await failure { configuration, _ in configuration.serverName = "VelociraptorServer" }
        #expect(failure?.code == .unauthenticated)
        #expect(failure?.message.contains("does not carry the name VelociraptorServer") == true)
        #expect(failure?.hint.contains("pinned_server_name") == true)
    }

    @Test("a key that the server does not accept is told")
    func wrongKey() async throws {
        let failure = try await failure { configuration, identities in
            configuration.certificate = try identities.strangeClient.certificate.pem()
            configuration.privateKey = identities.strangeClient.key
            configuration.certificates.authorityIssuedClient = false
        }
        #expect(failure?.code == .unauthenticated)
        #expect(failure?.message.contains("not signed by the ca_certificate beside it") == true)
        #expect(failure?.retryable == false)
    }

    @Test("a name that nobody knows is told")
    func unresolved() async throws {
        let failure = try await failure { configuration, _ in configuration.target = "nosuchhost.invalid:8001" }
        #expect(failure?.code == .unavailable)
        #expect(failure?.message.contains("cannot be resolved") == true)
    }

    @Test("a server that is not there is told, and may be tried again")
    func down() async throws {
        let scripted = try ScriptedServer { _, _ in .ok }
        await scripted.server.stop(.abrupt)
        let client = try scripted.client()
        let failure = await #expect(throws: MegaraptorError.self) {
            try await client.run(VQLQuery("SELECT 1 AS a FROM scope()", effect: .reads))
        }
        #expect(failure?.message.hasPrefix("Nothing listens at 127.0.0.1:\(scripted.port)") == true)
        #expect(failure?.retryable == true)
    }

    @Test("a configuration that was corrected is read again after the server refused the first")
    func corrected() async throws {
        try await ScriptedServer.with { query, _ in
            try await query.rows("[]")
            return .ok
        } _: { server in
            let good = try server.configuration()
            var bad = good
            bad.serverName = "SomebodyElse"
            let answers = Answers([bad, good])
            let client = VelociraptorClient { () throws(MegaraptorError) in answers.next() }
            await #expect(throws: MegaraptorError.self) { try await client.run(Self.query) }
            #expect(try await client.run(Self.query).rowCount == 0)
        }
    }

    @Test(
        "each recorded failure has its own code and sentence",
        arguments: [
            ("tls_no_override", MegaraptorError.Code.unauthenticated, "does not carry the name"),
            ("tls_wrong_ca", .unauthenticated, "is not certified by"),
            ("tls_no_client_cert", .unauthenticated, "closed the connection during the handshake"),
            ("tls_wrong_client_cert", .unauthenticated, "closed the connection during the handshake"),
            ("tls_gui_port", .failedPrecondition, "is a web server"),
            ("server_down", .unavailable, "Nothing listens at"),
            ("server_down_dns", .unavailable, "cannot be resolved"),
            ("user_gone_after", .unauthenticated, "does not know the user `gone`"),
            ("org_unknown", .notFound, "no such organisation"),
            ("perm_reader_clients", .permissionDenied, "may not run queries"),
            ("request_5MB", .resourceExhausted, "The request is larger"),
            ("range_100000_wide_max_row_100000", .resourceExhausted, "a single message of rows"),
            ("deadline_client_2s", .deadlineExceeded, "did not answer in time"),
        ]
    )
    func recorded(name: String, code: MegaraptorError.Code, sentence: String) throws {
        let recorded = try #require(try Recorded.exchange(name)["grpc_error"])
        let number = try #require(recorded["code_number"]?.integerValue)
        let status = GRPCStatus(
            try #require(GRPCStatus.Code(rawValue: Int32(number))),
            try #require(recorded["details"]?.stringValue)
        )
        let error = StatusTranslation(try configuration()).error(for: status)
        #expect(error.code == code)
        #expect(error.message.contains(sentence), "\(error.message)")
        #expect(!error.hint.isEmpty)
    }

    @Test("a syntax error next to a non-ASCII character is not called a failure of the server")
    func nonASCII() throws {
        let status = GRPCStatus(.internal, "grpc: error while marshaling: string field contains invalid UTF-8")
        let error = StatusTranslation(try configuration()).error(for: status)
        #expect(error.code == .invalidArgument)
    }

    private func configuration() throws -> APIClientConfiguration {
        let identities = try TestIdentities.shared.get()
        return APIClientConfiguration(
            origin: "api_client.yaml",
            target: "127.0.0.1:8001",
            serverName: "VelociraptorServer",
            maxReceiveBytes: 1 << 20,
            authority: "",
            certificate: "",
            privateKey: identities.client.key,
            certificates: CertificateFacts(authorityIssuedClient: true, user: "analyst"),
            warnings: []
        )
    }
}
