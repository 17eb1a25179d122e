// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import Testing

@Suite("A person agrees to what a deployment would do")
struct DeploymentConsentTests {
    /// Answers the question to the person that comes while a call waits.
    private func answer(
        _ session: Session,
        _ call: Int64,
        confirm: Bool
    ) async throws -> (question: String, result: JSONValue) {
        let asked = try await session.notifications("elicitation/create", atLeast: 1)
        let question = try #require(asked.last)
        let id = try #require(question["id"])
        let reply: JSONValue = [
            "jsonrpc": "2.0", "id": id,
            "result": confirm
                ? ["action": "accept", "content": ["confirm": true]] : ["action": "decline"],
        ]
        try session.process.write(reply.json())
        let result = try await session.response(to: call)["result"] ?? [:]
        return (question["params"]?["message"]?.stringValue ?? "", result)
    }

    @Test("The question shows what will be made and opened; a person who declines has nothing done")
    func declined() async throws {
        let home = try DeploymentHome()
        let session = try await home.session([], capabilities: ["elicitation": [:]])
        let call = try await session.send("tools/call", ["name": "deploy_server", "arguments": home.arguments()])
        let (question, result) = try await answer(session, call, confirm: false)
        #expect(question.contains("create file network") && question.contains("0.0.0.0:8000"))
        #expect(result["isError"] == true && result.text.contains("did not agree"))
        #expect(!FileManager.default.fileExists(atPath: home.deployments))
    }

    @Test("A person who agrees has it done, and is asked again before it is destroyed")
    func agreed() async throws {
        let home = try DeploymentHome()
        let session = try await home.session([], capabilities: ["elicitation": [:]])
        let call = try await session.send("tools/call", ["name": "deploy_server", "arguments": home.arguments()])
        let made = try await answer(session, call, confirm: true).result.structured()
        let id = try #require(made["deployment_id"])
        let destroy = try await session.send(
            "tools/call",
            ["name": "destroy_deployment", "arguments": ["deployment_id": id, "confirm": true]]
        )
        _ = try await session.notifications("elicitation/create", atLeast: 2)
        let (question, _) = try await answer(session, destroy, confirm: true)
        #expect(question.contains("remove file start") && question.contains("keep file volume"))
        #expect(!home.exists("start") && home.exists("volume"))
    }

    @Test("A client that cannot ask needs the digest of a plan, and another plan's is refused")
    func digests() async throws {
        let home = try DeploymentHome()
        let session = try await home.session([])
        let unseen = try await session.call("deploy_server", home.arguments())
        #expect(unseen["isError"] == true && unseen.text.contains("plan_deployment"))
        let plan = try await session.call("plan_deployment", home.arguments()).structured()
        let agreement: JSONObject = [
            "deployment_id": plan["deployment_id"] ?? "", "plan_digest": plan["digest"] ?? "",
        ]
        var other = agreement
        other["gui_port"] = 9999
        let changed = try await session.call("deploy_server", home.arguments(other))
        #expect(changed["isError"] == true && changed.text.contains("another than the one that was shown"))
        try home.write("beware", "note")
        let stale = try await session.call("deploy_server", home.arguments(agreement))
        #expect(stale["isError"] == true, "the world has changed since the plan")
        try home.remove("note")
        let made = try await session.call("deploy_server", home.arguments(agreement)).structured()
        #expect(made["deployment_id"] == plan["deployment_id"] && made["phase"] == "active")
        let twice = try await session.call("deploy_server", home.arguments(agreement))
        #expect(twice["isError"] == true, "a plan is carried out once")
    }
}
