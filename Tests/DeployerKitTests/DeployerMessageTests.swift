// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import JSONValue
import MegaraptorErrors
import MegaraptorPluginTesting
import Testing

@Suite("Every message of deploy.provider/1 has the shape that the contract gives it")
struct DeployerMessageTests {
    private static let resource: JSONValue = [
        "kind": "board", "id": "b-1", "name": "board", "exists": true, "holds_data": true,
    ]

    @Test("The manifest tells what reads, and what the deployer's own inputs are")
    func described() async throws {
        let plugin = try await PluginUnderTest(ShelfPlugin.self)
        let entry = try #require(try await plugin.describe()["providers"]?.arrayValue?.first)
        #expect(entry["interface"] == "deploy.provider/1" && entry["name"] == "shelf" && entry["title"] == "Shelf")
        #expect(
            entry["reading"]
                == ["export", "logs", "plan", "recover", "removal", "status", "usable", "validate"]
        )
        #expect(entry["input_schema"]?["properties"]?["board"] == ["type": "integer"])
    }

    @Test("usable takes the options alone")
    func usable() async throws {
        let plugin = try await PluginUnderTest(ShelfPlugin.self)
        let answer = try await plugin.ask(deployInterface, "shelf", "usable")
        #expect(answer == ["usable": true, "reasons": ["Ask the landlord."], "facts": ["wood": "oak"]])
        let not = try await plugin.ask(deployInterface, "shelf", "usable", ["options": ["board": 13]])
        #expect(not["usable"] == false)
    }

    @Test("validate")
    func validate() async throws {
        #expect(
            try await DeployerMessages.ask("validate") == [
                "problems": [
                    [
                        "severity": "error", "field": "board", "message": "There is no board.", "hint": "Buy one.",
                    ],
                    ["severity": "warning", "message": "It is dusty."],
                ]
            ]
        )
    }

    @Test("plan", arguments: DeploymentOperation.allCases)
    func plan(operation: DeploymentOperation) async throws {
        let plan = try await DeployerMessages.ask("plan", ["operation": .string(operation.rawValue)])
        #expect(plan["steps"]?.arrayValue?.first == ["id": "lift", "title": "Lift it", "details": ["board": 1]])
        #expect(plan["steps"]?.arrayValue?.last == ["id": "put", "title": "Put it down"])
        #expect(
            plan["changes"] == [["kind": "board", "name": "board 1", "action": "create", "note": "by hand"]]
        )
        #expect(
            plan["exposure"] == [["purpose": "GUI", "address": "127.0.0.1", "port": 8889, "reach": "this machine"]]
        )
        #expect(plan["cost"] == ["class": "low", "text": "A board."] && plan["warnings"] == ["Mind the head."])
        let local: JSONValue = ["address": "127.0.0.1", "port": 8003]
        #expect(
            plan["layout"] == [
                "datastore": "/data", "logs": "/logs", "configuration": "/server.config.yaml", "run_as_user": "shelf",
                "frontend": ["address": "0.0.0.0", "port": 8000], "gui": ["address": "127.0.0.1", "port": 8889],
                "api": ["address": "127.0.0.1", "port": 8001], "monitoring": local, "api_hostname": "127.0.0.1",
            ]
        )
        let digest = plan["digest"]?.stringValue ?? ""
        #expect(digest.count == 64 && digest.allSatisfy(\.isHexDigit) && digest == digest.lowercased())
    }

    @Test("removal", arguments: [true, false])
    func removal(data: Bool) async throws {
        let plan = try await DeployerMessages.ask("removal", ["delete_data": .bool(data)])
        #expect(plan["steps"] == [["id": "take", "title": "Take it down"]] && plan["warnings"] == ["It is heavy."])
        #expect(plan["removes"] == (data ? [Self.resource] : []) && plan["keeps"] == (data ? [] : [Self.resource]))
        #expect(plan["digest"]?.stringValue?.count == 64)
    }

    @Test("status")
    func status() async throws {
        #expect(
            try await DeployerMessages.ask("status") == [
                "condition": "degraded", "summary": "It leans.", "started_at": "2026-01-01T00:00:00Z",
                "version": "0.77.2",
                "checks": [["name": "shelf.level", "status": "failed", "message": "It leans."]],
                "resources": [Self.resource], "drift": ["The board was sawn."],
            ]
        )
    }

    @Test("logs, of which 100 lines are meant where nothing is said")
    func logs() async throws {
        #expect(try await DeployerMessages.ask("logs") == ["lines": ["100 lines"], "is_cut": true])
        #expect(try await DeployerMessages.ask("logs", ["lines": 7])["lines"] == ["7 lines"])
    }

    @Test("recover, whose state is left out where there is nothing")
    func recover() async throws {
        let found = try await DeployerMessages.ask("recover", ["options": ["board": 1]])
        #expect(
            found == [
                "state": ["steps": []], "resources": [Self.resource], "done": ["lift"], "message": "Found it.",
            ]
        )
        #expect(try await DeployerMessages.ask("recover")["state"] == nil)
    }

    @Test("export, and a deployer that exports nothing")
    func export() async throws {
        let files = try await DeployerMessages.ask("export", ["format": "label"])
        #expect(files == ["files": [["name": "label.txt", "text": "main"]]])
        for deployer in ["shelf", "bare"] {
            let error = await #expect(throws: MegaraptorError.self) {
                try await DeployerMessages.ask("export", ["format": "tower"], of: deployer)
            }
            #expect(error?.code == .unsupported)
        }
    }

    @Test(
        "A message without its deployment, or with one that does not fit, is refused",
        arguments: ["validate", "plan", "removal", "status", "logs", "recover", "export", "apply", "destroy"]
    )
    func unfitting(operation: String) async throws {
        let plugin = try await PluginUnderTest(ShelfPlugin.self)
        let broken = DeployerMessages.deployment.with("many", at: "frontend", "port")
        for arguments in [[:], ["deployment": broken, "operation": "create", "options": [:]]] as [JSONValue] {
            let error = await #expect(throws: MegaraptorError.self) {
                try await plugin.ask(deployInterface, "shelf", operation, arguments)
            }
            #expect(error?.code == .invalidArgument && error?.message.contains("deploy.provider/1") == true)
        }
    }
}
