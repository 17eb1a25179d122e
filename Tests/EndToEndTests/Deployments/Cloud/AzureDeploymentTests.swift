// SPDX-License-Identifier: Apache-2.0

import AzureTestbed
import Foundation
import JSONValue
import MegaraptorErrors
import Testing

@Suite("A deployment in Azure, from a session to the subscription and back", .serialized, .timeLimit(.minutes(5)))
struct AzureDeploymentTests {
    @Test(
        "Deployed, looked at, exported and taken away; nothing is made in read-only mode; no secret shows up anywhere"
    )
    func life() async throws {
        let home = try AzureHome()
        let cloud = home.cloud
        var told: [String] = []
        let looking = try await cloud.session(readOnly: true)
        var planned = cloud.arguments().objectValue ?? [:]
        planned["cloud_provider"] = nil
        planned["deployment_type"] = "azure"
        let plan = try await looking.call("plan_deployment", .object(planned))
        told.append(plan.json())
        #expect(try plan.structured()["changes"]?.json().contains("Microsoft.KeyVault/vaults") == true)
        await #expect(throws: MegaraptorError.self) {
            try await looking.call("deploy_server_cloud", cloud.arguments())
        }
        #expect(home.azure.groups.isEmpty)
        looking.process.closeInput()

        let session = try await cloud.session()
        func call(_ tool: String, _ arguments: JSONValue) async throws -> JSONValue {
            let answer = try await session.call(tool, arguments)
            told.append(answer.json())
            return try answer.structured()
        }
        let made = try await call("deploy_server_cloud", cloud.arguments())
        #expect(made["phase"] == "active", "\(made.json())")
        let id = try #require(made["deployment_id"]?.stringValue)
        let arguments: JSONObject = ["deployment_id": .string(id)]
        let status = try await call("get_deployment_status", .object(arguments))
        #expect(status["condition"] == "running" && status["drift"] == [], "\(status.json())")
        _ = try await call("get_deployment_logs", .object(arguments))
        let documents = try await call("export_deployment_docs", .object(arguments))
        #expect(documents["files"]?.json().contains("azuredeploy.json") == true, "\(documents.json())")
        var goes = arguments
        goes["confirm"] = true
        let secrets = try cloud.secrets(id)
        let destroyed = try await call("destroy_deployment", .object(goes))
        let kept = (destroyed["resources"]?.arrayValue ?? []).compactMap { $0["kind"]?.stringValue }
        #expect(kept.contains("Microsoft.Compute/disks") && kept.contains("Microsoft.KeyVault/vaults"), "\(kept)")
        #expect(!kept.contains("Microsoft.Compute/virtualMachines"), "\(kept)")
        try cloud.expectNone(of: secrets, of: id, in: told)
        #expect(!told.contains { $0.contains(AzureTestbed.secret) })
        await home.azure.stop()
    }

    @Test(
        "The host is killed before and after each change of the subscription: recovery ends with one of each, or none"
    )
    func killedAtEachStep() async throws {
        let home = try AzureHome()
        let cloud = home.cloud
        let killing = Killing(gate: cloud.gate, session: { try await cloud.session() }, id: cloud.onlyID)
        let (made, answer) = try await killing("deploy_server_cloud", cloud.arguments())
        #expect(answer["phase"] == "active", "\(answer.json())")
        let id = try cloud.onlyID()
        let group = "/resourceGroups/velociraptor-\(id)"
        #expect(made.prefix(2) == Killing.bothMoments(["PUT \(group)"])[...], "\(made)")
        #expect(
            made.contains { $0.hasPrefix("after PUT \(group)/providers/Microsoft.Resources/deployments/") },
            "\(made)"
        )
        for machine in home.azure.resourceIDs.filter({
            $0.contains("/virtualMachines/") && !$0.contains("/extensions/")
        }) {
            #expect(home.azure.timesMade(machine) == 1)
        }

        let part = "\(group)/providers/Microsoft."
        let changes: [(JSONValue, String)] = [
            (
                ["deployment_id": .string(id), "action": "update", "options": ["gui_ranges": ["203.0.113.7/32"]]],
                "PUT \(part)Resources/deployments/"
            ), (["deployment_id": .string(id), "action": "restart"], "POST \(part)Compute/virtualMachines/"),
        ]
        for (change, request) in changes {
            let (kills, after) = try await killing("update_deployment", change)
            for moment in ["before", "after"] {
                #expect(kills.contains { $0.hasPrefix("\(moment) \(request)") }, "\(kills)")
            }
            #expect(after["phase"] == "active", "\(after.json())")
        }

        let destroy: JSONValue = ["deployment_id": .string(id), "confirm": true, "delete_data": true]
        let (removed, end) = try await killing("destroy_deployment", destroy)
        #expect(Set(removed).isSuperset(of: Killing.bothMoments(["DELETE \(group)"])), "\(removed)")
        #expect(end["phase"] == "destroyed" && end["resources"] == [], "\(end.json())")
        #expect(home.azure.groups.isEmpty)
        await home.azure.stop()
    }
}
