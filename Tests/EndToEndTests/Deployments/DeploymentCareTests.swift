// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import Testing

@Suite("Deployments that end by themselves, and credentials")
struct DeploymentCareTests {
    /// Sets a deployment's end into the past, as time would.
    private func expire(_ id: String, _ home: DeploymentHome) throws {
        let path = "\(home.deployments)/\(id)/deployment.json"
        var record = try home.record(id).objectValue ?? [:]
        record["expires"] = "2020-01-01T00:00:00Z"
        try Data(JSONValue.object(record).json().utf8).write(to: URL(filePath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    }

    /// A deployment whose time is over, and whose host has ended.
    private func expired(_ home: DeploymentHome) async throws -> String {
        let session = try await home.session()
        let made = try await session.call("deploy_server", home.arguments()).structured()
        let id = try #require(made["deployment_id"]?.stringValue)
        session.process.closeInput()
        #expect(await session.process.waitForEnd() == 0)
        try expire(id, home)
        return id
    }

    @Test("What has expired is destroyed with its data by the command, and only that")
    func expireCommand() async throws {
        let home = try DeploymentHome()
        let session = try await home.session()
        let made = try await session.call("deploy_server", home.arguments()).structured()
        let id = try #require(made["deployment_id"]?.stringValue)
        #expect(try await session.call("expire_deployments").structured()["count"] == 0)
        try expire(id, home)
        let list = try await session.call("list_deployments").structured()
        #expect(list["deployments"]?.arrayValue?.first?["is_expired"] == true)
        let done = try await session.call("expire_deployments").structured()
        #expect(done["deployments"]?.arrayValue?.first?["destroyed"] == true, "\(done.json())")
        #expect(!home.exists("volume") && !home.exists("start"))
    }

    @Test("A host that starts destroys what has expired meanwhile")
    func expireAtStart() async throws {
        let home = try DeploymentHome()
        let id = try await expired(home)
        let second = try await home.session()
        while home.exists("volume") { try await Task.sleep(for: .milliseconds(5)) }
        var phase: JSONValue?
        while phase != "destroyed" { phase = try home.record(id)["phase"] }
        #expect(try await second.call("list_deployments").structured()["count"] == 0)
    }

    @Test("In read-only mode what has expired stays, and is told")
    func expireReadOnly() async throws {
        let home = try DeploymentHome()
        _ = try await expired(home)
        let second = try await home.session(["--read-only"])
        let list = try await second.call("list_deployments").structured()
        #expect(list["deployments"]?.arrayValue?.first?["is_expired"] == true)
        second.process.closeInput()
        #expect(await second.process.waitForEnd() == 0)
        #expect(home.exists("volume"))
    }

    @Test("A credential comes from a private file or is made up, and is never shown")
    func credentials() async throws {
        let home = try DeploymentHome()
        let session = try await home.session()
        let file = try home.folder.write("s3cret-value\n", to: "password")
        let open = try await session.call("store_credential", ["name": "ssh-box", "from_file": .string(file)])
        #expect(open["isError"] == true && open.text.contains("chmod 600"))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
        let arguments: JSONValue = [
            "name": "ssh-box", "from_file": .string(file), "expires_days": 7, "delete_file": true,
        ]
        let kept = try await session.call("store_credential", arguments).structured()
        #expect(kept["bytes"] == 12 && kept["file_removed"] == true)
        #expect(!FileManager.default.fileExists(atPath: file))
        _ = try await session.call("store_credential", ["name": "made-up", "generate": true]).structured()
        let twice = try await session.call("store_credential", ["name": "made-up", "generate": true])
        #expect(twice["isError"] == true && twice.text.contains("already"))
        let list = try await session.call("list_credentials").structured()
        #expect(list["credentials"]?.arrayValue?.map { $0["name"]?.stringValue } == ["made-up", "ssh-box"])
        #expect(!list.json().contains("s3cret"))
        let none = try await session.call("store_credential", ["name": "nothing"])
        #expect(none["isError"] == true && none.text.contains("megaraptor-mcp secrets set nothing"))
        let reserved = try await session.call("delete_credential", ["name": "deployment.vr-0.ca_key"])
        #expect(reserved["isError"] == true)
        _ = try await session.call("delete_credential", ["name": "ssh-box"]).structured()
        #expect(try await session.call("list_credentials").structured()["count"] == 1)
    }
}
