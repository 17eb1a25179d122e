// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import MegaraptorErrors
import Testing

@Suite("A deployment in a real engine that is interrupted", .serialized, .timeLimit(.minutes(10)))
struct DockerInterruptionTests {
    private static let engine = ContainerEngine.forSuite()

    private func gate(_ engine: ContainerEngine) throws -> RequestGate {
        try RequestGate(to: .path(engine.socket), words: \.dockerWords)
    }

    @Test(
        "The host is killed before and after each change of the engine: recovery ends with exactly one of each, or none"
    )
    func killedAtEachStep() async throws {
        let engine = try await Self.engine.value
        let gate = try gate(engine)
        let home = try DockerHome(engine, gate: gate)
        let killing = Killing(gate: gate, session: home.session, id: home.onlyID)
        let (made, answer) = try await killing("deploy_server_docker", home.arguments())
        let id = try home.onlyID()
        let name = "velociraptor-\(id)"
        let volumes = ["config", "data", "logs"].map { "\(name)-\($0)" }
        let folders = ["%2Fvar%2Flib%2Fvelociraptor", "%2Fvar%2Flog%2Fvelociraptor", "%2Fetc%2Fvelociraptor"]
        #expect(
            made
                == Killing.bothMoments(
                    ["POST /build"] + volumes.map { "POST /volumes/create \($0)" } + ["POST /containers/create"]
                        + folders.map { "PUT /containers/ID/archive \($0)" } + ["POST /containers/ID/start"]
                )
        )
        #expect(answer["phase"] == "active", "\(answer.json())")
        try await home.expectWhole(id)
        let session = try await home.session()
        try await home.expectValid(session, id)
        session.process.closeInput()
        #expect(await session.process.waitForEnd() == 0)

        try await removeWithKills(home, killing, id, volumes)
    }

    private func removeWithKills(
        _ home: DockerHome,
        _ killing: Killing,
        _ id: String,
        _ volumes: [String]
    ) async throws {
        let (removed, end) = try await killing(
            "destroy_deployment",
            ["deployment_id": .string(id), "confirm": true, "delete_data": true]
        )
        #expect(
            removed.filter { !$0.contains("/images/") }
                == Killing.bothMoments(
                    ["POST /containers/ID/stop", "DELETE /containers/ID"]
                        + volumes.map { "DELETE /volumes/\($0)" }
                )
        )
        #expect(removed.contains { $0.contains("DELETE /images/localhost/megaraptor/\(id)") }, "\(removed)")
        #expect(end["phase"] == "destroyed" && end["resources"] == [], "\(end.json())")
        #expect(try await home.engine.labelled(id) == [])
        #expect(try await home.engine.count() == (0, 0))
    }

    @Test("The engine ends in the middle: that is told, and recovery goes on once it is there again")
    func engineStopped() async throws {
        let engine = try await Self.engine.value
        let gate = try gate(engine)
        let home = try DockerHome(engine, gate: gate)
        let session = try await home.session()
        let held = gate.hold { $0.hasSuffix("/start") ? .before : nil }
        let call = try await session.send(
            "tools/call",
            ["name": "deploy_server_docker", "arguments": home.arguments()]
        )
        let answer = Killing.answer(session, call, gate)
        for await request in held { #expect(request == "POST /containers/ID/start") }
        engine.stop()
        gate.release()
        let failed = try await answer.value
        #expect(failed["isError"] == true && failed.text.contains("recover_deployment"), "\(failed.text)")
        let id = try home.onlyID()
        let arguments: JSONValue = ["deployment_id": .string(id)]
        let status = try await session.call("get_deployment_status", arguments).structured()
        #expect(status["phase"] == "failed" && status["condition"] == "unknown", "\(status.json())")
        let early = try await session.call("recover_deployment", arguments)
        #expect(early["isError"] == true, "\(early.text)")
        try await engine.start()
        let recovered = try await session.call("recover_deployment", arguments).structured()
        #expect(recovered["phase"] == "active", "\(recovered.json())")
        try await home.expectWhole(id)
        try await home.expectValid(session, id)

        // A server that runs outlives its engine's service, and is found again.
        engine.stop()
        let unseen = try await session.call("get_deployment_status", arguments).structured()
        #expect(unseen["phase"] == "active" && unseen["condition"] == "unknown", "\(unseen.json())")
        #expect(try await session.call("list_clients", ["connection": .string(id)]).structured()["clients"] == [])
        try await engine.start()
        try await home.expectValid(session, id)
        try await home.destroy(session, id)
    }

    @Test("A record that is lost is told as such, and recovery adopts what the engine has by labels")
    func lostRecord() async throws {
        let home = try DockerHome(try await Self.engine.value)
        let session = try await home.session()
        let id = try await home.deploy(session).id
        let arguments: JSONValue = ["deployment_id": .string(id)]
        try home.remove("deployment.json", of: id)
        let status = try await session.call("get_deployment_status", arguments)
        #expect(status["isError"] == true && status.text.contains("recover_deployment"), "\(status.text)")
        let list = try await session.call("list_deployments").structured()
        #expect(list["unreadable"]?.arrayValue?.first?.stringValue?.contains(id) == true, "\(list.json())")
        let adopted = try await session.call("recover_deployment", arguments).structured()
        #expect(adopted["phase"] == "active" && adopted["resources"]?.arrayValue?.count == 5, "\(adopted.json())")
        try await home.expectWhole(id)
        try await home.expectValid(session, id)

        // Without a backup nobody can say what it was; but it is named, with the label by which its parts are found.
        let file = "\(home.deployments)/\(id)/deployment.json"
        try FileManager.default.moveItem(atPath: file, toPath: "\(file).aside")
        try home.remove("deployment.json.backup", of: id)
        for tool in ["get_deployment_status", "recover_deployment", "destroy_deployment"] {
            let answer = try await session.call(tool, arguments)
            #expect(
                answer["isError"] == true && answer.text.contains("org.megaraptor.deployment=\(id)"),
                "\(answer.text)"
            )
        }
        #expect(try await session.call("list_deployments").structured()["unreadable"]?.arrayValue?.count == 1)
        try await home.expectWhole(id)
        try FileManager.default.moveItem(atPath: "\(file).aside", toPath: file)
        try await home.destroy(session, id)
    }
}
