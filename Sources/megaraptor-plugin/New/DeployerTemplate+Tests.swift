// SPDX-License-Identifier: Apache-2.0

extension DeployerTemplate {
    /// A stand-in for the deployment core.
    static func core(_ names: ProjectNames) -> String {
        """
        import DeployerKit
        import Foundation
        import JSONValue
        import MegaraptorPluginTesting
        import \(names.type)

        /// Drives the deployer as the deployment core does: step by step, with the state that the last step left.
        final class Core {
            let folder: URL
            let plugin: PluginUnderTest
            var state: JSONValue = .null
            var version: String?
            var label = "vr-0123456789ab"

            init() async throws {
                folder = FileManager.default.temporaryDirectory.appending(path: "deployer-\\(UUID().uuidString)")
                try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
                try Data("Frontend: {}\\n".utf8).write(to: folder.appending(path: "server.config.yaml"))
                plugin = try await PluginUnderTest(\(names.type)Plugin.self)
            }

            deinit { try? FileManager.default.removeItem(at: folder) }

            var server: URL { folder.appending(path: "vr-0123456789ab") }

            private var request: JSONObject {
                let path = folder.path
                var deployment: JSONObject = [
                    "id": "vr-0123456789ab", "name": "main", "profile": "small",
                    "limits": ["memory_mb": 2048, "cpus": 1, "log_retention_days": 7], "hostname": "vr.example.org",
                    "frontend": ["address": "0.0.0.0", "port": 8000], "gui": ["address": "127.0.0.1", "port": 8889],
                    "api": ["address": "127.0.0.1", "port": 8001], "monitoring_port": 8003,
                    "files": [
                        "folder": .string(path), "server_config": .string("\\(path)/server.config.yaml"),
                        "ca_certificate": .string("\\(path)/ca.pem"),
                    ],
                    "labels": ["org.megaraptor.deployment": .string(label)],
                ]
                if let version {
                    deployment["binary"] = ["path": "/bin/true", "sha256": "", "version": .string(version)]
                }
                return ["deployment": .object(deployment), "options": ["root": .string(path)], "state": state]
            }

            func ask(_ operation: String, _ more: JSONObject = [:]) async throws -> JSONValue {
                var message = request
                for (key, value) in more { message[key] = value }
                return try await plugin.ask(deployInterface, "\(provider(names))", operation, .object(message))
            }

            /// Does every step of a plan twice, as if the host had been killed before each was noted.
            func apply(_ operation: String) async throws {
                let plan = try await ask("plan", ["operation": .string(operation)])
                try await run("apply", plan, ["operation": .string(operation)])
            }

            func destroy(data: Bool) async throws {
                let plan = try await ask("removal", ["delete_data": .bool(data)])
                try await run("destroy", plan, [:])
            }

            private func run(_ message: String, _ plan: JSONValue, _ more: JSONObject) async throws {
                for step in plan["steps"]?.arrayValue ?? [] {
                    var params = more
                    params["plan"] = plan
                    params["digest"] = plan["digest"]
                    params["step"] = step["id"]
                    _ = try await ask(message, params)
                    state = try await ask(message, params)["state"] ?? .null
                }
            }
        }

        """
    }

    static func tests(_ names: ProjectNames) -> String {
        """
        import Foundation
        import JSONValue
        import MegaraptorErrors
        import Testing

        @Suite("The deployer")
        struct DeployerTests {
            @Test("A server is created, changed, upgraded, rolled back and removed, whatever step is done twice")
            func life() async throws {
                let core = try await Core()
                #expect(try await core.ask("status")["condition"] == "missing")
                for (operation, version) in [("create", "1"), ("update", "1"), ("restart", "1"), ("upgrade", "2"), ("rollback", "1")] {
                    core.version = operation == "rollback" ? "2" : version
                    try await core.apply(operation)
                    let status = try await core.ask("status")
                    #expect(status["condition"] == "running" && status["version"] == .string(version))
                    #expect(status["drift"] == [])
                }
                #expect(try await core.ask("logs", ["lines": 2])["is_cut"] == true)
                try await core.destroy(data: false)
                #expect(try await core.ask("status")["condition"] == "stopped")
                #expect(FileManager.default.fileExists(atPath: core.server.appending(path: "datastore").path))
                try await core.destroy(data: true)
                #expect(!FileManager.default.fileExists(atPath: core.server.path))
                #expect(try await core.ask("status")["condition"] == "missing")
            }

            @Test("What carries other labels is a conflict, and stays as it is")
            func foreign() async throws {
                let core = try await Core()
                try await core.apply("create")
                core.label = "vr-ba9876543210"
                for (message, more) in [("plan", ["operation": "update"]), ("removal", ["delete_data": true])] as [(String, JSONObject)] {
                    let error = await #expect(throws: MegaraptorError.self) { try await core.ask(message, more) }
                    #expect(error?.code == .conflict)
                }
                #expect(try await core.ask("validate")["problems"]?.arrayValue?.count == 1)
                core.label = "vr-0123456789ab"
                #expect(try await core.ask("status")["condition"] == "running")
            }

            @Test("Without its state a server is found by its labels, and its changes are told")
            func recovery() async throws {
                let core = try await Core()
                #expect(try await core.ask("recover")["state"] == nil)
                try await core.apply("create")
                core.state = .null
                let found = try await core.ask("recover")
                #expect(found["state"] == ["folder": .string(core.server.path)])
                #expect(found["done"] == ["folder", "program", "files", "start"])
                try Data("Frontend: {x: 1}\\n".utf8).write(to: core.server.appending(path: "server.config.yaml"))
                #expect(try await core.ask("status")["drift"]?.arrayValue?.count == 1)
                #expect(try await core.ask("export", ["format": "shell"])["files"]?.arrayValue?.count == 1)
            }
        }

        """
    }
}
