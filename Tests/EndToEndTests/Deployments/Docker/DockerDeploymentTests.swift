// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import Testing

@Suite(
    "A server in a container of a real engine, and the same assistant at work on it",
    .serialized,
    .timeLimit(.minutes(10))
)
struct DockerDeploymentTests {
    private static let engine = ContainerEngine.forSuite()

    /// An agent of the deployment on this machine: what the package for it holds.
    private func agent(_ home: DockerHome, _ session: Session, _ id: String) async throws -> LineProcess {
        let made = try await session.call(
            "generate_agent_installer",
            ["deployment_id": .string(id), "os_type": "linux", "labels": ["packed"]]
        ).structured()
        let package = try #require(made["file_path"]?.stringValue)
        let root = "\(home.folder.path)/agent"
        let unpacking = try LineProcess(URL(filePath: "/usr/bin/dpkg-deb"), ["--extract", package, root])
        try #require(await unpacking.waitForEnd() == 0)
        let given = try String(contentsOfFile: "\(root)/etc/velociraptor/client.config.yaml", encoding: .utf8)
        let writeback = "\(home.folder.path)/writeback.yaml"
        let own = given.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.contains("writeback_linux:") ? "  writeback_linux: \(writeback)" : String(line)
        }
        let file = try home.folder.write(own.joined(separator: "\n"), to: "client.config.yaml")
        return try LineProcess(
            URL(filePath: "\(root)/usr/local/bin/velociraptor_client"),
            ["--config", file, "client", "-v"]
        )
    }

    private func enrolled(_ session: Session, _ id: String) async throws -> JSONValue {
        var answer: JSONValue = [:]
        while answer["total_clients"] != 1 {
            answer = try await session.call("check_agent_deployment", ["deployment_id": .string(id)]).structured()
            #expect((answer["total_clients"]?.integerValue ?? 0) <= 1)
        }
        return answer
    }

    @Test("Planned, deployed, validated, investigated, enrolled with, rotated, restarted, documented and destroyed")
    func life() async throws {
        let home = try DockerHome(try await Self.engine.value)
        let session = try await home.session()
        let plan = try await session.call("plan_deployment", home.arguments(["deployment_type": "docker"])).structured()
        #expect(plan["exposure"]?.arrayValue?.allSatisfy { $0["address"] == "127.0.0.1" } == true)
        #expect(!FileManager.default.fileExists(atPath: home.deployments), "a plan changes nothing")
        let (made, id) = try await home.deploy(
            session,
            ["deployment_id": plan["deployment_id"] ?? .null, "plan_digest": plan["digest"] ?? .null]
        )
        #expect(made["phase"] == "active" && plan["deployment_id"] == .string(id), "\(made.json())")
        #expect(made["checks"]?.arrayValue?.allSatisfy { $0["status"] == "ok" } == true, "\(made.json())")
        try await home.expectWhole(id)
        try await home.expectValid(session, id)

        try await investigate(home, session, id)
        let clientID = try await enrol(home, session, id)
        try await rotate(home, session, id, clientID)
        try await restart(session, id)
        try await collector(home, session, id)
        try await documents(session, id)
        try await destroy(home, session, id)
    }

    /// A fresh server has no clients, and says so of what was searched; another key sees the same.
    private func investigate(_ home: DockerHome, _ session: Session, _ id: String) async throws {
        let none = try await session.call("list_clients", ["connection": .string(id)]).structured()
        #expect(none["clients"] == [], "\(none.json())")
        #expect(none["searched"] != nil, "\(none.json())")
        let key = try await session.call(
            "generate_api_credentials",
            ["deployment_id": .string(id), "client_name": "second-look", "roles": ["reader", "api"]]
        ).structured()
        let file = try #require(key["api_config"]?.stringValue)
        let other = try Session(["--api-config", file])
        _ = try await other.initialize()
        #expect(try await other.call("list_clients").structured()["clients"] == [])
        other.process.closeInput()
        #expect(await other.process.waitForEnd() == 0)
    }

    /// - Returns: the id of the client that an agent became.
    private func enrol(_ home: DockerHome, _ session: Session, _ id: String) async throws -> JSONValue {
        let agent = try await agent(home, session, id)
        while !agent.standardError.contains("[INFO] Enrolled.") { try await Task.sleep(for: .milliseconds(5)) }
        let online = try await enrolled(session, id)["online_clients"]?.arrayValue?.first
        agent.signal(SIGTERM)
        #expect(await agent.waitForEnd() == 0)
        let clientID = try #require(online?["client_id"])
        let seen = try await session.call("list_clients", ["connection": .string(id)]).structured()
        #expect(seen["clients"]?.arrayValue?.map { $0["client_id"] } == [clientID])
        #expect(online?["labels"]?.arrayValue?.contains("packed") == true, "\(online?.json() ?? "")")
        return clientID
    }

    private func rotate(_ home: DockerHome, _ session: Session, _ id: String, _ clientID: JSONValue) async throws {
        let certificate = "\(home.deployments)/\(id)/pki/frontend.pem"
        let former = try String(contentsOfFile: certificate, encoding: .utf8)
        _ = try await session.call("rotate_certificates", ["deployment_id": .string(id)]).structured()
        #expect(try String(contentsOfFile: certificate, encoding: .utf8) != former)
        #expect(try await enrol(home, session, id) == clientID)
        try await home.expectValid(session, id)
    }

    private func restart(_ session: Session, _ id: String) async throws {
        let arguments: JSONValue = ["deployment_id": .string(id)]
        let before = try await session.call("get_deployment_status", arguments).structured()
        _ = try await session.call("update_deployment", ["deployment_id": .string(id), "action": "restart"])
            .structured()
        let after = try await session.call("get_deployment_status", arguments).structured()
        #expect(after["condition"] == "running" && after["started_at"] != before["started_at"], "\(after.json())")
        let logs = try await session.call("get_deployment_logs", arguments).structured()
        let lines = logs["lines"]?.arrayValue?.compactMap(\.stringValue) ?? []
        #expect(lines.contains { $0.contains("Frontend is ready to handle client TLS requests") }, "\(lines)")
    }

    /// What is encrypted as a collector does it, to the certificate that went into its specification, the server's own key
    /// opens.
    private func collector(_ home: DockerHome, _ session: Session, _ id: String) async throws {
        let kit = try await session.call(
            "create_offline_collector",
            [
                "deployment_id": .string(id), "target_os": "linux", "artifact_set": "linux_quick",
                "encrypt_output": true,
            ]
        ).structured()
        let folder = try #require(kit["folder"]?.stringValue)
        let text = try String(contentsOfFile: "\(folder)/spec.yaml", encoding: .utf8)
        let specification = try JSONValue(json: text)
        #expect(specification["EncryptionScheme"] == "X509")
        let certificate = try #require(specification["EncryptionArgs"]?["public_key"]?.stringValue)
        _ = try home.folder.write(certificate, to: "certificate.pem")
        _ = try home.folder.write("the archive's password", to: "password")
        let options = "-pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:sha512"
        let script = """
            cd '\(home.folder.path)'
            openssl pkeyutl -encrypt -certin -inkey certificate.pem \(options) -in password -out closed
            openssl pkeyutl -decrypt -inkey '\(home.deployments)/\(id)/pki/frontend.pem' \(options) -in closed -out opened
            cmp password opened
            """
        let opening = try LineProcess(URL(filePath: "/bin/sh"), ["-ec", script])
        #expect(await opening.waitForEnd() == 0, "\(opening.standardError)")
    }

    private func documents(_ session: Session, _ id: String) async throws {
        let documents = try await session.call("export_deployment_docs", ["deployment_id": .string(id)]).structured()
        #expect(documents["files"]?.arrayValue?.contains("docker-compose.yaml") == true, "\(documents.json())")
        let folder = try #require(documents["output_directory"]?.stringValue)
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            let text = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
            #expect(!text.contains("PRIVATE KEY"), "\(name)")
        }
        let compose = try String(contentsOfFile: "\(folder)/docker-compose.yaml", encoding: .utf8)
        #expect(compose.contains("frontend") && compose.contains("read_only: true"))
    }

    /// First so that the data stays, then with it.
    private func destroy(_ home: DockerHome, _ session: Session, _ id: String) async throws {
        let name = "velociraptor-\(id)"
        let kept = try await session.call("destroy_deployment", ["deployment_id": .string(id), "confirm": true])
            .structured()
        #expect(kept["phase"] == "destroyed", "\(kept.json())")
        #expect(try await home.engine.labelled(id) == ["volume \(name)-data", "volume \(name)-logs"])
        #expect(FileManager.default.fileExists(atPath: "\(home.deployments)/\(id)/pki/frontend.pem"))
        #expect(try await session.call("list_credentials").structured()["count"] != 0)
        try await home.destroy(session, id)
        #expect(try await home.engine.count() == (0, 0))
        let left = try FileManager.default.subpathsOfDirectory(atPath: "\(home.deployments)/\(id)")
        #expect(
            !left.contains { $0.hasSuffix(".key") || $0.hasSuffix("config.yaml") || $0.contains("api_client") },
            "\(left)"
        )
        #expect(try await session.call("list_credentials").structured()["count"] == 0)
    }

    @Test("A port that somebody has is told before anything is made")
    func portConflict() async throws {
        let home = try DockerHome(try await Self.engine.value)
        let session = try await home.session()
        let holder = try PortHolder()
        for tool in ["plan_deployment", "deploy_server"] {
            let answer = try await session.call(
                tool,
                home.arguments(["deployment_type": "docker", "gui_port": JSONValue(holder.port)])
            )
            #expect(answer["isError"] == true && answer.text.contains("127.0.0.1:\(holder.port)"), "\(answer.text)")
        }
        #expect(!FileManager.default.fileExists(atPath: home.deployments))
        #expect(try await home.engine.count() == (0, 0))
    }

    @Test("Somebody else's container of the same name is told before anything is made, and stays")
    func nameConflict() async throws {
        let home = try DockerHome(try await Self.engine.value)
        let session = try await home.session()
        let plan = try await session.call("plan_deployment", home.arguments(["deployment_type": "docker"])).structured()
        let id = try #require(plan["deployment_id"]?.stringValue)
        let name = "velociraptor-\(id)"
        try await home.engine.podman(["create", "--name", name, "--network", "host", home.engine.base, "/none"])
        let answer = try await session.call(
            "deploy_server_docker",
            home.arguments(["deployment_id": .string(id), "plan_digest": plan["digest"] ?? .null])
        )
        #expect(answer["isError"] == true && answer.text.contains(name), "\(answer.text)")
        #expect(!FileManager.default.fileExists(atPath: home.deployments))
        #expect(try await home.engine.labelled(id) == [])
        try await home.engine.podman(["rm", name])
        #expect(try await home.engine.count() == (0, 0))
    }
}
