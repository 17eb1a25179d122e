// SPDX-License-Identifier: Apache-2.0

import Certificates
import Foundation
import GRPCTransport
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit
import Testing
import VelociraptorAPI
import YAMLSource

@testable import VelociraptorPlugin

@Suite("The plugin's health", .timeLimit(.minutes(1)))
struct HealthTests {
    // MARK: - Judgements

    @Test(
        "The version is held against the one that is known",
        arguments: [
            ("0.77.2", HealthCheck.Status.ok), ("0.77.0-rc1", .ok), ("0.76.4", .warning), ("0.7.0", .warning),
            ("1.0.0", .warning), ("0.6.9", .broken), ("master", .unknown),
        ]
    )
    func version(text: String, status: HealthCheck.Status) {
        var findings = HealthFindings()
        VersionHealth(text).judge(&findings)
        let health = Health(findings)
        #expect(health.status(.version) == status)
        #expect((health.fix(.version) == nil) == (status == .ok || status == .unknown))
    }

    /// The server's clock beside this machine's in seconds, how long the answer took, and what that comes to.
    static let clocks: [(ahead: Int64, trip: Int64, status: HealthCheck.Status, words: String)] = [
        (0, 0, .ok, "agree"), (5, 0, .ok, "agree"), (6, 0, .warning, "6 seconds ahead"),
        (-6, 0, .warning, "6 seconds behind"), (-300, 0, .warning, "300 seconds behind"),
        (301, 0, .broken, "301 seconds ahead"), (6, 4, .ok, "agree"), (10, 4, .warning, "8 seconds ahead"),
    ]

    @Test("Clocks are compared less what the answer's way leaves in doubt", arguments: clocks)
    func clock(ahead: Int64, trip: Int64, status: HealthCheck.Status, words: String) {
        let middle: Int64 = 1_795_435_200_000_000
        var findings = HealthFindings()
        ClockHealth(
            server: UInt64(middle + ahead * 1_000_000),
            before: middle - trip * 500_000,
            after: middle + trip * 500_000
        ).judge(&findings)
        let health = Health(findings)
        #expect(health.status(.clock) == status)
        #expect(health.message(.clock).contains(words))
    }

    @Test("Each missing permission takes its tools away, by either of its names")
    func tools() {
        func judge(_ held: Set<String>) -> Health {
            var findings = HealthFindings()
            RightsHealth(isReadOnly: false).judge(tools: held, &findings)
            return Health(findings)
        }
        let all: Set = ["ANY_QUERY", "READ_RESULTS", "COLLECT_CLIENT", "LABEL_CLIENTS", "START_HUNT"]
        #expect(judge(all).status(.tools) == .ok)
        #expect(judge(all.subtracting(["LABEL_CLIENTS"]).union(["LABEL_CLIENT"])).status(.tools) == .ok)
        #expect(judge(all.subtracting(["LABEL_CLIENTS"])).message(.tools).contains("use label_client (lacks"))
        #expect(judge(all.subtracting(["START_HUNT"])).message(.tools).contains("use create_hunt, modify_hunt (lacks"))
        #expect(
            judge(all.subtracting(["COLLECT_CLIENT"])).message(.tools).contains("cancel_flow (lacks COLLECT_CLIENT)")
        )
        #expect(judge(all.subtracting(["READ_RESULTS"])).message(.tools).contains("list_clients"))
        #expect(judge(all.subtracting(["ANY_QUERY"])).message(.tools).contains("none of the tools"))
    }

    @Test(
        "The tools whose permissions are named are tools of the plugin, each named once, with all that change endpoints"
    )
    func toolNames() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../manifests")
        let file = folder.appending(path: "org.megaraptor.velociraptor/plugin.yaml").path
        let manifest = try YAMLDocument.parse(String(contentsOfFile: file, encoding: .utf8), file: file).json
        let tools = manifest["contributes"]?["tools"]?.arrayValue ?? []
        func names(_ kept: (JSONValue) -> Bool) -> Set<String> {
            Set(tools.filter(kept).compactMap { $0["name"]?.stringValue })
        }
        let named = ToolNeed.all.flatMap(\.tools)
        #expect(Set(named).count == named.count)
        #expect(names { _ in true }.isSuperset(of: named))
        #expect(Set(ToolNeed.all.filter(\.changes).flatMap(\.tools)) == names { $0["toolset"] == "respond" })
    }

    // MARK: - This machine

    @Test("Without a configuration that is what is broken, and nothing else is looked at")
    func noConfiguration() async {
        let files = ConfigurationFiles(read: { _ throws(MegaraptorError) in nil }, permissions: { _ in nil })
        let search = ConfigurationSearch(explicitPath: nil, environment: ["HOME": "/home/me"], files: files)
        let health = Health(await HealthExamination(search: search)())
        #expect(health.status(.configuration) == .broken)
        #expect(health.fix(.configuration)?.contains("/home/me/.pyvelociraptorrc") == true)
        #expect(health.checks.dropFirst().allSatisfy { $0.status == .unknown })
        #expect(health.message(.key) == "The private key: not checked, because \(HealthStep.configuration.fault).")
    }

    @Test("A file that others may open is a warning with the command that closes it")
    func mode() async throws {
        let health = try await examine(mode: 0o644)
        #expect(health.status(.mode) == .warning && health.fix(.mode) == "chmod 600 /api.yaml")
        #expect(try await examine(mode: 0o600).status(.mode) == .ok)
    }

    @Test(
        "The days that a certificate has left are counted, and few of them are a warning",
        arguments: [
            (31, HealthCheck.Status.ok, "for 31 more days"), (29, .warning, "for 29 more days"),
            (1, .warning, "for 1 more day."), (-1, .broken, "expired on "),
        ]
    )
    func days(left: Int64, status: HealthCheck.Status, words: String) async throws {
        let health = try await examine(daysLeft: left)
        #expect(health.status(.certificate) == status)
        #expect(health.message(.certificate).contains(words), "\(health)")
        #expect((health.fix(.certificate) == nil) == (status == .ok))
    }

    @Test("A key that is not the certificate's is broken, and the server is not called with it")
    func foreignKey() async throws {
        let identities = try TestIdentities.shared.get()
        let health = try await examine(key: identities.strangeClient.key)
        #expect(health.status(.key) == .broken && health.message(.key).contains("does not belong to"))
        #expect(health.message(.reachable).hasSuffix("because \(HealthStep.key.fault)."))
    }

    /// Nothing listens at port 1: only the steps before the connection count here.
    private func examine(
        mode: UInt32 = 0o600,
        daysLeft: Int64 = 100,
        key: PrivateKey? = nil
    ) async throws -> Health {
        let now: Int64 = 1_795_435_200
        let identities = try TestIdentities.shared.get()
        let authority = try CertificateAuthority.selfSigned(
            DistinguishedName(commonName: "CA"),
            validity: Validity(notBefore: now - 90 * 86_400, notAfter: now + 1000 * 86_400)
        )
        let validity = Validity(notBefore: now - 90 * 86_400, notAfter: now + daysLeft * 86_400)
        let request = CertificateRequest.velociraptorUser("mcp", validity: validity)
        let client = try authority.issue(request, for: identities.client.key)
        let text: JSONValue = [
            "ca_certificate": .string(try authority.certificate.pem()), "client_cert": .string(try client.pem()),
            "client_private_key": .string(try (key ?? identities.client.key).pkcs8PEM()),
            "api_connection_string": "127.0.0.1:1",
        ]
        let yaml = text.json()
        let files = ConfigurationFiles(
            read: { path throws(MegaraptorError) in path == "/api.yaml" ? yaml : nil },
            permissions: { path in path == "/api.yaml" ? mode : nil }
        )
        let search = ConfigurationSearch(explicitPath: "/api.yaml", environment: [:], files: files)
        return Health(await HealthExamination(search: search, now: { now * 1_000_000 })())
    }

    // MARK: - The server

    /// What a server that is well answers to each question.
    private static func answer(_ query: ScriptedServer.Query) async throws {
        let text = query.arguments.query.first?.vql ?? ""
        let rows =
            if text.contains("whoami() AS me") {
                #"[{"version":{"version":"0.77.2"},"me":"analyst"}]"#
            } else if text.contains("user(user") {
                #"[{"user":{"roles":["api"],"effective_policy":{"any_query":true,"read_results":true}}}]"#
            } else {
                #"[{"Name":"<root>","OrgId":"root"},{"Name":"Bra\u202ench","OrgId":"O1"}]"#
            }
        try await query.rows(rows)
    }

    private func ask(
        serving: Proto_HealthCheckResponse.ServingStatus = .serving,
        _ script: @escaping ScriptedServer.Script
    ) async throws -> Health {
        try await ScriptedServer.with { query, number in
            guard query.arguments.query.isEmpty else { return try await script(query, number) }
            var answer = Proto_HealthCheckResponse()
            answer.status = serving
            try await query.call.send(APIMessage.bytes(of: answer))
            return .ok
        } _: { server in
            var findings = HealthFindings()
            await ServerHealth(
                questions: HealthQuestions(
                    client: try server.client(),
                    end: .now + .seconds(60),
                    longest: .seconds(30)
                ),
                configuration: try server.configuration(),
                isReadOnly: false,
                now: { Int64(ScriptedServer.time) }
            ).look(&findings)
            return Health(findings)
        }
    }

    @Test("A key that may not ask for its roles is still known, with the tools left open")
    func mayNotAsk() async throws {
        let health = try await ask { query, _ in
            if query.arguments.query[0].vql.contains("user(user") {
                try await query.log("user: PermissionDenied: Permission denied: [SERVER_ADMIN]")
                try await query.rows(#"[{"user":null}]"#)
            } else {
                try await Self.answer(query)
            }
            return .ok
        }
        #expect(health.status(.user) == .ok && health.message(.user).contains("`analyst`"))
        #expect(health.status(.roles) == .unknown && health.message(.roles).contains("may not ask"))
        #expect(health.status(.tools) == .unknown && health.status(.orgs) == .ok)
        #expect(health.status(.clock) == .ok && health.status(.version) == .ok)
    }

    @Test("The names of organisations cannot hide anything, and only names and ids are asked for")
    func organizations() async throws {
        let health = try await ask { query, _ in
            let text = query.arguments.query[0].vql
            if text.contains("orgs()") { #expect(text == "SELECT Name, OrgId FROM orgs()") }
            try await Self.answer(query)
            return .ok
        }
        #expect(health.message(.orgs) == "Organisations, each with its id: <root> (root), Bra\\u202ench (O1).")
    }

    @Test("A server that breaks off the question for the user leaves it unknown, not broken")
    func brokenOff() async throws {
        let health = try await ask { _, _ in GRPCStatus(.unavailable, "going away") }
        #expect(health.status(.user) == .unknown && health.status(.tools) == .unknown, "\(health)")
    }

    @Test("A server that does not serve is reached, but its API is broken and asked nothing more")
    func notServing() async throws {
        let health = try await ask(serving: .notServing) { query, _ in
            Issue.record("asked \(query.arguments)")
            return .ok
        }
        #expect(health.status(.reachable) == .ok)
        #expect(health.status(.api) == .broken && health.fix(.api) != nil)
        #expect(health.status(.user) == .unknown)
    }
}
