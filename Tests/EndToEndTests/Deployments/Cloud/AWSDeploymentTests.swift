// SPDX-License-Identifier: Apache-2.0

import AWSTestbed
import Foundation
import JSONValue
import Testing

@Suite("A deployment in AWS, from a session to the account and back", .serialized, .timeLimit(.minutes(5)))
struct AWSDeploymentTests {
    @Test("A plan is shown, carried out by its digest, changed, exported and taken away; no secret shows up anywhere")
    func life() async throws {
        let home = try await AWSHome()
        defer { home.moto.end() }
        let cloud = home.cloud
        let session = try await cloud.session()
        var told: [String] = []
        func call(_ tool: String, _ arguments: JSONValue) async throws -> JSONValue {
            let answer = try await session.call(tool, arguments)
            told.append(answer.json())
            return try answer.structured()
        }

        var planned = cloud.arguments().objectValue ?? [:]
        planned["cloud_provider"] = nil
        planned["deployment_type"] = "aws"
        let plan = try await call("plan_deployment", .object(planned))
        let reach = (plan["exposure"]?.arrayValue ?? []).map {
            "\($0["port"]?.json() ?? "") \($0["reach"]?.stringValue ?? "")"
        }
        let open = reach.filter { $0.contains("198.51.100.0/24") }
        #expect(open.count == 1 && open.first?.hasPrefix("8000 ") == true, "\(reach)")
        #expect(!reach.contains { $0.contains("0.0.0.0/0") }, "\(reach)")
        #expect(plan["cost"]?["class"] != "none")
        #expect(try home.stacks() == 0)

        let id = try #require(plan["deployment_id"]?.stringValue)
        let agreement: JSONObject = ["deployment_id": .string(id), "plan_digest": plan["digest"] ?? ""]
        let made = try await call("deploy_server_cloud", cloud.arguments(agreement))
        #expect(made["phase"] == "active", "\(made.json())")
        // Nothing boots in moto, so nobody answers; that is told and not hidden.
        #expect(made["message"]?.stringValue?.contains("not everything about it works") == true, "\(made.json())")

        let arguments: JSONObject = ["deployment_id": .string(id)]
        let status = try await call("get_deployment_status", .object(arguments))
        // Nor does anybody attach the volume there, which a server that runs has.
        #expect(status["condition"] == "degraded", "\(status.json())")
        var opened = arguments
        opened["action"] = "update"
        opened["options"] = ["gui_ranges": ["203.0.113.7/32"]]
        let changed = try await call("update_deployment", .object(opened))
        #expect(changed["phase"] == "active", "\(changed.json())")
        let config = try String(contentsOfFile: "\(cloud.deployments)/\(id)/server.config.yaml", encoding: .utf8)
        let gui = try #require(config.range(of: "\nGUI:"))
        #expect(
            config[gui.upperBound...].contains(#/bind_address: "?0\.0\.0\.0/#),
            "the GUI listens where it is let through"
        )
        _ = try await call("get_deployment_logs", .object(arguments))
        _ = try await call("export_deployment_docs", .object(arguments))

        var goes = arguments
        goes["confirm"] = true
        // moto keeps nothing of a stack that is deleted, so nothing is asked to be kept.
        goes["delete_data"] = true
        let secrets = try cloud.secrets(id)
        let destroyed = try await call("destroy_deployment", .object(goes))
        #expect(destroyed["phase"] == "destroyed" && destroyed["resources"] == [], "\(destroyed.json())")
        try cloud.expectNone(of: secrets, of: id, in: told)
        for key in [AWSHome.accessKey, AWSHome.secretKey] { #expect(!told.contains { $0.contains(key) }) }
    }

    /// What is changed of a server that is there, and which requests of each must be seen.
    private static func changes(_ id: String) -> [(JSONValue, [String])] {
        [
            (
                ["deployment_id": .string(id), "action": "update", "options": ["gui_ranges": ["203.0.113.7/32"]]],
                ["CreateChangeSet", "ExecuteChangeSet"]
            ),
            (["deployment_id": .string(id), "action": "restart"], ["RebootInstances"]),
        ]
    }

    @Test(
        "The host is killed before and after each change of the account: recovery ends with exactly one of each, or none"
    )
    func killedAtEachStep() async throws {
        let home = try await AWSHome()
        defer { home.moto.end() }
        let cloud = home.cloud
        let killing = Killing(gate: cloud.gate, session: { try await cloud.session() }, id: cloud.onlyID)
        let (made, answer) = try await killing("deploy_server_cloud", cloud.arguments())
        #expect(made == Killing.bothMoments(["CreateSecret", "CreateStack"]))
        #expect(answer["phase"] == "active", "\(answer.json())")
        let id = try cloud.onlyID()
        #expect(try home.stacks() == 1)
        #expect(try home.volumes(id) == 1)

        for (change, requests) in Self.changes(id) {
            let (kills, after) = try await killing("update_deployment", change)
            #expect(Set(kills).isSuperset(of: Killing.bothMoments(requests)), "\(kills)")
            #expect(after["phase"] == "active", "\(after.json())")
            #expect(try home.stacks() == 1)
        }

        let destroy: JSONValue = ["deployment_id": .string(id), "confirm": true, "delete_data": true]
        let (removed, end) = try await killing("destroy_deployment", destroy)
        #expect(
            Set(removed).isSuperset(of: Killing.bothMoments(["DeleteStack", "DeleteVolume", "DeleteSecret"])),
            "\(removed)"
        )
        #expect(end["phase"] == "destroyed" && end["resources"] == [], "\(end.json())")
        #expect(try home.stacks() == 0)
        #expect(try home.volumes(id) == 0)
    }
}
