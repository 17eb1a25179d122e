// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import Testing

@Suite("A deployment that is interrupted")
struct DeploymentInterruptionTests {
    private static let moments = ["network", "volume", "server", "start"].flatMap { ["before-\($0)", "after-\($0)"] }

    @Test("The host is killed at any step: recovery finishes it, and nothing is made twice", arguments: moments)
    func killedWhileDeploying(moment: String) async throws {
        let home = try DeploymentHome()
        let parts = moment.split(separator: "-", maxSplits: 1).map(String.init)
        let session = try await home.session()
        _ = try await session.send(
            "tools/call",
            [
                "name": "deploy_server",
                "arguments": home.arguments(options: ["wait_\(parts[0])": .string(parts[1])]),
            ]
        )
        try await home.waits(moment)
        session.process.signal(SIGKILL)
        #expect(await session.process.waitForEnd() == -SIGKILL)
        let id = try home.onlyID()
        let record = try home.record(id)
        #expect(record["phase"] == "creating")
        let begun = record["operation"]?["steps"]?.arrayValue?.filter { $0["status"] == "begun" } ?? []
        #expect(begun.map { $0["id"]?.stringValue } == [parts[1]], "written down before it began")

        try home.write("", "go")
        let second = try await home.session()
        let status = try await second.call("get_deployment_status", ["deployment_id": .string(id)]).structured()
        #expect(status["lock"]?["is_gone"] == true && status["phase"] == "creating")
        let refused = try await second.call("rotate_certificates", ["deployment_id": .string(id)])
        #expect(refused["isError"] == true && refused.text.contains("recover_deployment"))
        let recovered = try await second.call("recover_deployment", ["deployment_id": .string(id)]).structured()
        #expect(recovered["phase"] == "active", "\(recovered.json())")
        for step in ["network", "volume", "server", "start"] { #expect(try home.count(step) == "1", "\(step)") }
    }

    @Test(
        "The host is killed while destroying: recovery finishes that",
        arguments: ["before-remove-server", "after-remove-server"]
    )
    func killedWhileDestroying(moment: String) async throws {
        let home = try DeploymentHome()
        let parts = moment.split(separator: "-", maxSplits: 1).map(String.init)
        let session = try await home.session()
        let made = try await session.call(
            "deploy_server",
            home.arguments(options: ["wait_\(parts[0])": .string(parts[1])])
        ).structured()
        let id = try #require(made["deployment_id"])
        _ = try await session.send(
            "tools/call",
            ["name": "destroy_deployment", "arguments": ["deployment_id": id, "confirm": true, "delete_data": true]]
        )
        try await home.waits(moment)
        session.process.signal(SIGKILL)
        #expect(await session.process.waitForEnd() == -SIGKILL)
        try home.write("", "go")
        let second = try await home.session()
        let recovered = try await second.call("recover_deployment", ["deployment_id": id]).structured()
        #expect(recovered["phase"] == "destroyed" && recovered["resources"] == [])
        #expect(!home.exists("server") && !home.exists("volume"))
    }

    @Test("A step that fails stops there with its reason; recovery goes on once the cause is gone")
    func failedStep() async throws {
        let home = try DeploymentHome()
        try home.write("", "broken")
        let session = try await home.session()
        let failed = try await session.call("deploy_server", home.arguments(options: ["fail_at": "server"]))
        #expect(failed["isError"] == true)
        #expect(failed.text.contains("The server is broken.") && failed.text.contains("Remove the file broken."))
        let id = try home.onlyID()
        let status = try await session.call("get_deployment_status", ["deployment_id": .string(id)]).structured()
        #expect(status["phase"] == "failed" && status["operation"]?["failure"]?["code"] == "unavailable")
        #expect(status["lock"] == nil, "a failure gives the lock back")
        try home.remove("broken")
        let recovered = try await session.call("recover_deployment", ["deployment_id": .string(id)]).structured()
        #expect(recovered["phase"] == "active")
        #expect(try home.count("network") == "1")
    }

    @Test("What was made before a failure can be destroyed")
    func destroyAfterFailure() async throws {
        let home = try DeploymentHome()
        try home.write("", "broken")
        let session = try await home.session()
        _ = try await session.call("deploy_server", home.arguments(options: ["fail_at": "server"]))
        let id = try home.onlyID()
        let gone = try await session.call(
            "destroy_deployment",
            ["deployment_id": .string(id), "confirm": true, "delete_data": true]
        ).structured()
        #expect(gone["phase"] == "destroyed")
        #expect(!home.exists("network") && !home.exists("volume"))
    }

    @Test("Somebody else's thing of the same name is left alone")
    func foreignThing() async throws {
        let home = try DeploymentHome()
        try home.write("vr-ffffffffffff", "volume")
        let session = try await home.session()
        let failed = try await session.call("deploy_server", home.arguments())
        #expect(failed["isError"] == true && failed.text.contains("somebody else's"))
        let id = try home.onlyID()
        _ = try await session.call(
            "destroy_deployment",
            ["deployment_id": .string(id), "confirm": true, "delete_data": true]
        ).structured()
        #expect(home.exists("volume") && !home.exists("network"))
    }

    @Test("A call that cannot wait for the end says that it goes on, and it does")
    func goesOn() async throws {
        let home = try DeploymentHome()
        let session = try await home.session(["--confirm", "never", "--deadline-seconds", "12"])
        let answer = try await session.call(
            "deploy_server",
            home.arguments(options: ["wait_before": "start"])
        ).structured()
        #expect(answer["status"] == "in_progress")
        let id = try #require(answer["deployment_id"])
        let busy = try await session.call("destroy_deployment", ["deployment_id": id, "confirm": true])
        #expect(busy["isError"] == true && busy.text.contains("works on the deployment"))
        try home.write("", "go")
        var phase: JSONValue?
        while phase != "active" {
            phase = try await session.call("get_deployment_status", ["deployment_id": id]).structured()["phase"]
        }
        #expect(home.exists("start"))
    }

    @Test("Two hosts act on one deployment: one is told who holds it, and nothing is lost")
    func twoHosts() async throws {
        let home = try DeploymentHome()
        let (first, second) = (try await home.session(), try await home.session())
        let call = try await first.send(
            "tools/call",
            ["name": "deploy_server", "arguments": home.arguments(options: ["wait_before": "server"])]
        )
        try await home.waits("before-server")
        let id = try home.onlyID()
        for tool in ["recover_deployment", "rotate_certificates"] {
            let refused = try await second.call(tool, ["deployment_id": .string(id)])
            #expect(refused["isError"] == true, "\(tool)")
        }
        let told = try await second.call("recover_deployment", ["deployment_id": .string(id)])
        #expect(told.text.contains("process \(first.process.pid)"), "\(told.text)")
        try home.write("", "go")
        let made = try await first.response(to: call)["result"] ?? [:]
        #expect(try made.structured()["phase"] == "active")
        let seen = try await second.call("get_deployment_status", ["deployment_id": .string(id)]).structured()
        #expect(seen["phase"] == "active" && seen["lock"] == nil)
    }

    @Test("A record that was lost can be found in its backup, and one that cannot be read is told and not written over")
    func damagedRecord() async throws {
        let home = try DeploymentHome()
        let session = try await home.session()
        let made = try await session.call("deploy_server", home.arguments()).structured()
        let id = try #require(made["deployment_id"]?.stringValue)
        let path = "\(home.deployments)/\(id)/deployment.json"
        try Data("{\"format\": 99".utf8).write(to: URL(filePath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        let status = try await session.call("get_deployment_status", ["deployment_id": .string(id)])
        #expect(status["isError"] == true && status.text.contains("deployment.json.backup"))
        let list = try await session.call("list_deployments").structured()
        #expect(list["count"] == 0 && list["unreadable"]?.arrayValue?.first?.stringValue?.contains(id) == true)
        let destroy = try await session.call("destroy_deployment", ["deployment_id": .string(id), "confirm": true])
        #expect(destroy["isError"] == true)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "{\"format\": 99")
    }

    @Test("A record that is lost is taken from its backup, and what is there outside is adopted")
    func lostRecord() async throws {
        let home = try DeploymentHome()
        let session = try await home.session()
        let made = try await session.call("deploy_server", home.arguments()).structured()
        let id = try #require(made["deployment_id"]?.stringValue)
        try FileManager.default.removeItem(atPath: "\(home.deployments)/\(id)/deployment.json")
        let status = try await session.call("get_deployment_status", ["deployment_id": .string(id)])
        #expect(status["isError"] == true && status.text.contains("recover_deployment"))
        let recovered = try await session.call("recover_deployment", ["deployment_id": .string(id)]).structured()
        #expect(recovered["phase"] == "active" && recovered["resources"]?.arrayValue?.count == 4)
        for step in ["network", "volume", "server", "start"] { #expect(try home.count(step) == "1", "\(step)") }
    }
}
