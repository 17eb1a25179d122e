// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import MegaraptorErrors
import MegaraptorPluginTesting
import Testing
import VelociraptorLab

@testable import VelociraptorPlugin

extension DeploymentSuites {
    @Suite("Connections to deployments")
    struct ConnectionTests {
        private static let id = DeployedLabs.id

        private func labs() throws -> DeployedLabs { try #require(DeployedLabs.current) }

        @Test("Every tool takes a connection, and none has to")
        func schemas() async throws {
            let tools = try await labs().installation().plugin.describe()["tools"]?.arrayValue ?? []
            #expect(tools.count > 20)
            for tool in tools {
                let schema = tool["input_schema"]
                #expect(
                    schema?["properties"]?["connection"]?["pattern"] == "^vr-[0-9a-f]{12}$",
                    "\(tool["name"] ?? "")"
                )
                #expect(schema?["required"]?.arrayValue?.contains("connection") != true)
            }
        }

        @Test("A call goes to the server that it names, and to the configured one where it names none")
        func choice() async throws {
            let labs = try labs()
            let here = try await labs.installation()
            try here.deploy(Self.id, labs.deployed.apiFile())
            #expect(try await here.clients() == DeployedLabs.configuredClients)
            #expect(try await here.clients(Self.id) == DeployedLabs.deployedClients)
            #expect(try await here.clients() == DeployedLabs.configuredClients)
        }

        @Test("Calls to two servers at once stay apart, in all the queries that they ask")
        func together() async throws {
            let labs = try labs()
            let here = try await labs.installation()
            try here.deploy(Self.id, labs.deployed.apiFile())
            try await withThrowingTaskGroup(of: (String?, Int?).self) { group in
                for number in 0..<12 {
                    let connection = number.isMultiple(of: 2) ? Self.id : nil
                    group.addTask { (connection, try await here.clients(connection)) }
                }
                for try await (connection, count) in group {
                    #expect(
                        count == (connection == nil ? DeployedLabs.configuredClients : DeployedLabs.deployedClients)
                    )
                }
            }
        }

        @Test("A result says which deployment's server it comes from, and nothing where none was named")
        func origin() async throws {
            let labs = try labs()
            let here = try await labs.installation()
            try here.deploy(Self.id, labs.deployed.apiFile())
            let sentence = "From the server of deployment \(Self.id)."
            let query: JSONObject = ["query": "SELECT 1 AS a FROM scope()"]
            for (tool, arguments) in [("list_clients", [:]), ("run_vql", query)] as [(String, JSONObject)] {
                var named = arguments
                named["connection"] = .string(Self.id)
                #expect(try await here.plugin.call(tool, .object(named)).text.contains(sentence))
                #expect(try await !here.plugin.call(tool, .object(arguments)).text.contains("deployment"))
            }
        }

        @Test("Rows of evidence carry the deployment beside client and flow")
        func evidence() async throws {
            let labs = try labs()
            let here = try await labs.installation()
            try here.deploy(Self.id, labs.deployed.apiFile())
            let clients = try await here.plugin.call("list_clients", ["connection": .string(Self.id), "limit": 1])
            let client = try #require(clients.structured?["clients"]?.arrayValue?.first?["client_id"])
            let started = try await here.plugin.call(
                "collect_artifact",
                ["connection": .string(Self.id), "client_id": client, "artifacts": ["Generic.Client.Info"]]
            )
            let flow = try #require(started.structured?["flow_id"])
            let named = try await here.plugin.call(
                "get_flow_results",
                ["connection": .string(Self.id), "client_id": client, "flow_id": flow]
            )
            #expect(named.structured?["connection"] == .string(Self.id))
            // The other server does not know the flow.
            let elsewhere = await here.failure("get_flow_results", ["client_id": client, "flow_id": flow])
            #expect(elsewhere?.code == .notFound)
        }

        @Test("The person who is asked before a change is told which server it is about")
        func consent() async throws {
            let labs = try labs()
            let here = try await labs.installation()
            try here.deploy(Self.id, labs.deployed.apiFile())
            here.host.answerQuestions { question, _ in
                question.hasPrefix("On the server of deployment \(Self.id): ")
                    ? ["action": "accept", "content": ["confirm": true]] : ["action": "decline"]
            }
            let clients = try await here.plugin.call("list_clients", ["connection": .string(Self.id), "limit": 1])
            let client = try #require(clients.structured?["clients"]?.arrayValue?.first?["client_id"])
            var change: JSONObject = [
                "query": "SELECT label(client_id=Client, labels='x', op='set') AS l FROM scope()",
                "env": ["Client": client], "changes": true,
            ]
            let refused = await here.failure("run_vql", .object(change))
            #expect(refused?.code == .permissionDenied && refused?.message.contains("did not agree") == true)
            change["connection"] = .string(Self.id)
            let accepted = try await here.plugin.call("run_vql", .object(change))
            #expect(accepted.structured?["row_count"] == 1)
        }

        // MARK: - What is no connection

        @Test("A deployment that is not there is not found, with the place that was looked in")
        func unknown() async throws {
            let here = try await labs().installation()
            for tool in ["list_clients", "list_orgs", "vql_help"] {
                let error = await here.failure(tool, ["connection": .string(Self.id)])
                #expect(error?.code == .notFound)
                #expect(error?.message.contains(here.data.appending(path: "deployments").path) == true)
                #expect(error?.hint.contains("list_deployments") == true)
            }
        }

        @Test("A deployment without its file is not finished")
        func unfinished() async throws {
            let here = try await labs().installation()
            try here.deploy()
            let error = await here.failure("list_clients", ["connection": .string(Self.id)])
            #expect(error?.code == .failedPrecondition)
            #expect(error?.message.contains("is not finished") == true)
        }

        @Test(
            "What is no id is refused and never leads to the configured server",
            arguments: [
                "../vr-0123456789ab", "vr-0123456789AB", "vr-0123456789ab/", "vr-0123456789abc", "vr-0123456789ab\n",
                "",
                .null, 7, [:],
            ] as [JSONValue]
        )
        func noID(_ connection: JSONValue) async throws {
            let here = try await labs().installation()
            try here.deploy(Self.id, try labs().deployed.apiFile())
            let error = await here.failure("list_clients", ["connection": connection])
            #expect(error?.code == .invalidArgument)
        }

        @Test("A symbolic link in place of the folder or of the file is not followed")
        func links() async throws {
            let labs = try labs()
            let here = try await labs.installation()
            let files = FileManager.default
            try files.createSymbolicLink(at: here.folder(), withDestinationURL: URL(filePath: labs.deployed.directory))
            try here.deploy(DeployedLabs.other)
            try files.createSymbolicLink(
                at: here.file(DeployedLabs.other),
                withDestinationURL: URL(filePath: labs.deployed.apiFile())
            )
            for id in [Self.id, DeployedLabs.other] {
                let error = await here.failure("list_clients", ["connection": .string(id)])
                #expect(error?.code == .failedPrecondition)
                #expect(error?.message.contains("is not a plain") == true)
            }
        }

        // MARK: - Settings

        @Test("The setting connection makes a deployment's server the configured one")
        func setting() async throws {
            let labs = try labs()
            let here = try await labs.installation(["connection": .string(Self.id)])
            try here.deploy(Self.id, labs.deployed.apiFile())
            #expect(try await here.clients() == DeployedLabs.deployedClients)
            let resource = try await here.plugin.read("velociraptor://server-info").first?["text"]?.stringValue
            #expect(resource?.contains("127.0.0.1:\(labs.deployed.port)") == true)
        }

        @Test("Both settings at once are an error that names both, for calls and for the doctor")
        func bothSettings() async throws {
            let labs = try labs()
            let here = try await labs.installation([
                "connection": .string(Self.id), "api_config": .string(labs.configured.apiFile()),
            ])
            try here.deploy(Self.id, labs.deployed.apiFile())
            let error = await here.failure("list_clients", [:])
            #expect(error?.code == .failedPrecondition)
            #expect(error?.message.contains("api_config") == true && error?.message.contains("connection") == true)
            let checks = try await here.plugin.request("health")["checks"]?.arrayValue ?? []
            #expect(checks.first?["status"] == "broken")
            #expect(checks.first?["message"]?.stringValue == error?.message)
        }

        // MARK: - Cursors

        @Test("A cursor does not go on over another connection than its own")
        func cursors() async throws {
            let labs = try labs()
            let here = try await labs.installation()
            try here.deploy(Self.id, labs.configured.apiFile())
            try here.deploy(DeployedLabs.other, labs.configured.apiFile())
            for tool in ["list_clients", "run_vql"] {
                var first: JSONObject =
                    tool == "run_vql" ? ["query": "SELECT client_id FROM clients()", "max_rows": 3] : ["limit": 3]
                first["connection"] = .string(Self.id)
                let page = try await here.plugin.call(tool, .object(first))
                let cursor = try #require(page.structured?["next_cursor"]?.stringValue)
                var next = first
                next["cursor"] = .string(cursor)
                #expect(try await here.plugin.call(tool, .object(next)).structured?["row_count"] == 3)
                for connection in [nil, DeployedLabs.other] {
                    next["connection"] = connection.map(JSONValue.string)
                    // The same server, even: but nothing says so.
                    let error = await here.failure(tool, .object(next))
                    #expect(error?.code == .invalidArgument)
                    #expect(error?.message.contains("another server") == true)
                }
            }
        }

        // MARK: - Rotation

        @Test("A file that was replaced counts from the next call on, and one that is gone no longer")
        func rotation() async throws {
            let labs = try labs()
            let here = try await labs.installation()
            try here.deploy(Self.id, labs.deployed.apiFile())
            #expect(try await here.clients(Self.id) == DeployedLabs.deployedClients)
            try here.deploy(Self.id, labs.configured.apiFile())
            #expect(try await here.clients(Self.id) == DeployedLabs.configuredClients)
            try FileManager.default.removeItem(at: here.folder())
            let error = await here.failure("list_clients", ["connection": .string(Self.id)])
            #expect(error?.code == .notFound)
        }

        @Test("No more than a few connections are kept, those that were used last")
        func bounded() async throws {
            let labs = try labs()
            let source = SingleFile(path: labs.deployed.apiFile())
            let client = VelociraptorClient(source: source)
            for number in 0...ConnectionPool.most {
                try await ServerChoice.$current.withValue(.file("/\(number)")) {
                    _ = try await client.rows(VQLQuery("SELECT 1 AS a FROM scope()", effect: .reads))
                }
            }
            #expect(await client.connections.count == ConnectionPool.most)
        }

        private struct SingleFile: ConnectionSource {
            let path: String

            func resolve(_ choice: ServerChoice) -> ServerChoice { choice }

            func find(_ choice: ServerChoice) async throws(MegaraptorError) -> FoundConfiguration {
                let search = ConfigurationSearch(path: path, namedBy: "the test")
                return FoundConfiguration(configuration: try search.find(now: Int64(time(nil))))
            }
        }
    }
}
