// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRPCTransport
import JSONValue
import MegaraptorErrors
import MegaraptorPluginTesting
import Testing
import VelociraptorLab

@testable import VelociraptorPlugin

extension DeploymentSuites {
    @Suite("The provider velociraptor.query/1")
    struct QueryProviderTests {
        private func labs() throws -> DeployedLabs { try #require(DeployedLabs.current) }

        private static func file(_ lab: RunningLab, _ user: LabUser = .administrator) -> JSONValue {
            .string(lab.apiFile(user))
        }

        private static let away = GRPCStatus(.unavailable, "the server is going away")
        private static let change = "SELECT label(client_id=Client, labels='asked', op='set') AS Labels FROM scope()"

        @Test("It is offered with two operations that read, and one that is taken to change something")
        func offered() async throws {
            let provider = try await labs().installation().plugin.describe()["providers"]?.arrayValue?.first
            #expect(provider?["interface"] == "velociraptor.query/1" && provider?["name"] == "velociraptor")
            #expect(provider?["reading"] == ["check", "read"])
        }

        // MARK: - check

        @Test("check tells who the key is on the server of the file, whatever is configured")
        func check() async throws {
            let labs = try labs()
            let here = try await labs.installation(["api_config": "/nowhere"])
            let answer = try await here.ask("check", ["api_config": Self.file(labs.deployed, .investigator)])
            #expect(answer["user"] == "investig")
            #expect(answer["roles"]?.arrayValue?.contains("investigator") == true)
            #expect(answer["server_version"]?.stringValue?.isEmpty == false)
            #expect(answer["server_time"]?.stringValue?.hasSuffix("Z") == true)
        }

        @Test(
            "check fails for a key that works for nothing, in the doctor's words",
            arguments: [
                (LabUser.reader, MegaraptorError.Code.permissionDenied, "may not run queries"),
                (.unknown, .unauthenticated, "does not know the user `gone`"),
                (.expired, .unauthenticated, "expired on "),
                (.foreign, .unauthenticated, "closed the connection during the handshake"),
            ]
        )
        func badKeys(user: LabUser, code: MegaraptorError.Code, sentence: String) async throws {
            let labs = try labs()
            let here = try await labs.installation()
            let error = await here.refusal("check", ["api_config": Self.file(labs.deployed, user)])
            #expect(error?.code == code)
            #expect(error?.message.contains(sentence) == true, "\(error?.message ?? "")")
        }

        @Test("Where nothing listens every operation says so; after the server's return they answer")
        func unreachable() async throws {
            let labs = try labs()
            let here = try await labs.installation()
            let arguments: JSONValue = [
                "api_config": Self.file(labs.deployed), "query": "SELECT 1 AS a FROM scope()", "timeout_ms": 5000,
            ]
            await labs.deployed.pause()
            for operation in ["check", "read", "query"] {
                let error = await here.refusal(operation, arguments)
                #expect(error?.code == .unavailable, "\(operation)")
                #expect(error?.message.contains("Nothing listens at") == true, "\(error?.message ?? "")")
            }
            try labs.deployed.resume()
            #expect(try await here.ask("read", arguments)["rows"] == [["a": 1]])
            #expect(try await here.ask("check", arguments)["user"] == "mcp")
        }

        @Test("A file that is not there is not found, and a path that is not absolute is refused")
        func paths() async throws {
            let here = try await labs().installation()
            #expect(await here.refusal("check", ["api_config": "/nowhere/api_client.yaml"])?.code == .notFound)
            #expect(await here.refusal("check", ["api_config": "api_client.yaml"])?.code == .invalidArgument)
            #expect(await here.refusal("check", [:])?.code == .invalidArgument)
        }

        // MARK: - read

        @Test("read gives the rows of all statements, with values that keep their types")
        func read() async throws {
            let labs = try labs()
            let here = try await labs.installation()
            let answer = try await here.ask(
                "read",
                [
                    "api_config": Self.file(labs.deployed),
                    "query": "SELECT Text, Number + 1 AS Number FROM scope()\nSELECT List FROM scope()",
                    "env": ["Text": "x') --", "Number": 41, "List": [1, "two"]],
                ]
            )
            #expect(
                answer == [
                    "rows": [["Text": "x') --", "Number": 42], ["List": [1, "two"]]], "is_capped": false,
                    "failures": [],
                ]
            )
        }

        @Test("read says when there are more rows than were wanted")
        func capped() async throws {
            let labs = try labs()
            let here = try await labs.installation()
            let answer = try await here.ask(
                "read",
                [
                    "api_config": Self.file(labs.deployed), "query": "SELECT client_id FROM clients()", "max_rows": 5,
                ]
            )
            #expect(answer["rows"]?.arrayValue?.count == 5)
            #expect(answer["is_capped"] == true)
        }

        @Test("read refuses what changes something or cannot be judged, and sends nothing of it")
        func refusedWrite() async throws {
            let labs = try labs()
            let here = try await labs.installation()
            let client = try await client(here, labs.deployed)
            for query in [Self.change, "SELECT * FROM execve(argv=['id'])", "SELECT eval(func=Client) FROM scope()"] {
                for readOnly in [false, true] {
                    let arguments: JSONValue = [
                        "api_config": Self.file(labs.deployed), "query": .string(query), "env": ["Client": client],
                    ]
                    let error = await here.refusal("read", arguments, readOnly: readOnly)
                    #expect(error?.code == .permissionDenied, "\(query)")
                }
            }
            #expect(try await labels(here, labs.deployed, client).contains("asked") == false)
        }

        @Test("In read-only mode read keeps away from the server's own machine, as run_vql does")
        func serverReads() async throws {
            let labs = try labs()
            let here = try await labs.installation()
            let arguments: JSONValue = ["api_config": Self.file(labs.deployed), "query": "SELECT * FROM info()"]
            #expect(await here.refusal("read", arguments, readOnly: true)?.code == .permissionDenied)
        }

        @Test("A failure in VQL is an error, never zero rows", arguments: ["read", "query"])
        func failures(operation: String) async throws {
            let labs = try labs()
            let here = try await labs.installation()
            let queries = [
                "SELECT * FROM no_such_plugin()", "SELECT FROM WHERE", "SELECT * FROM clients(search='nonsense:x')",
            ]
            for query in queries {
                let error = await here.refusal(
                    operation,
                    ["api_config": Self.file(labs.deployed), "query": .string(query)]
                )
                #expect(error != nil, "\(query)")
            }
        }

        // MARK: - query

        @Test("query changes what it is told to")
        func query() async throws {
            let labs = try labs()
            let here = try await labs.installation()
            let client = try await client(here, labs.deployed)
            let arguments: JSONValue = [
                "api_config": Self.file(labs.deployed), "query": .string(Self.change), "env": ["Client": client],
            ]
            let refused = await here.refusal("query", arguments, readOnly: true)
            #expect(refused?.code == .permissionDenied)
            #expect(try await labels(here, labs.deployed, client).contains("asked") == false)
            let answer = try await here.ask("query", arguments)
            #expect(answer["rows"]?.arrayValue?.count == 1 && answer["failures"] == [])
            #expect(try await labels(here, labs.deployed, client).contains("asked"))
        }

        @Test("query is sent once where the connection fails; read is asked again")
        func onlyOnce() async throws {
            try await ScriptedServer.with { query, number in
                guard number > 0 else { return Self.away }
                try await query.rows(#"[{"a":1}]"#, columns: ["a"])
                return .ok
            } _: { server in
                let provider = QueryProvider(client: try server.client())
                let arguments: JSONValue = ["api_config": "/x", "query": "SELECT 1 AS a FROM scope()"]
                let error = await #expect(throws: MegaraptorError.self) { try await provider.query(arguments) }
                #expect(error?.code == .unavailable && error?.retryable == false)
                #expect(server.requests.count == 1)
            }
            try await ScriptedServer.with { query, number in
                guard number > 0 else { return Self.away }
                try await query.rows(#"[{"a":1}]"#, columns: ["a"])
                return .ok
            } _: { server in
                let provider = QueryProvider(client: try server.client())
                let answer = try await provider.read(["api_config": "/x", "query": "SELECT 1 AS a FROM scope()"])
                #expect(answer["rows"] == [["a": 1]])
                #expect(server.requests.count == 2)
            }
        }

        // MARK: -

        private func client(_ here: DeployedLabs.Installation, _ lab: RunningLab) async throws -> JSONValue {
            let query: JSONValue = ["api_config": Self.file(lab), "query": "SELECT client_id FROM clients() LIMIT 1"]
            return try #require(try await here.ask("read", query)["rows"]?.arrayValue?.first?["client_id"])
        }

        private func labels(
            _ here: DeployedLabs.Installation,
            _ lab: RunningLab,
            _ client: JSONValue
        ) async throws -> [JSONValue] {
            let answer = try await here.ask(
                "read",
                [
                    "api_config": Self.file(lab), "query": "SELECT labels FROM clients(client_id=Client)",
                    "env": ["Client": client],
                ]
            )
            return answer["rows"]?.arrayValue?.first?["labels"]?.arrayValue ?? []
        }
    }
}
