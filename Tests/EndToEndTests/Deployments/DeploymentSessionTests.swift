// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import Testing

@Suite("A deployment's life over real stdio, by a third party's deployer")
struct DeploymentSessionTests {
    @Test("The deployers that are installed are the values of deployment_type, and an unknown one is refused with them")
    func deployers() async throws {
        let session = try await DeploymentHome().session()
        let tools = try await session.request("tools/list")["tools"]?.arrayValue ?? []
        let deploy = try #require(tools.first { $0["name"] == "deploy_server" })
        let types = deploy["inputSchema"]?["properties"]?["deployment_type"]?["enum"]?.arrayValue ?? []
        #expect(types.contains("folder"))
        #expect(deploy["inputSchema"]?.json().contains("x-providers") == false)
        let answer = try await session.call("deploy_server", ["deployment_type": "cloud9"])
        #expect(answer["isError"] == true)
        #expect(answer.text.contains("folder"))
    }

    @Test("Planned, deployed, looked at, documented, rotated and destroyed")
    func life() async throws {
        let home = try DeploymentHome()
        let session = try await home.session()
        let planned = try await session.call("plan_deployment", home.arguments()).structured()
        #expect(planned["steps"]?.arrayValue?.count == 4)
        #expect(!FileManager.default.fileExists(atPath: home.deployments), "a plan changes nothing")

        let made = try await session.call("deploy_server", home.arguments(["case_number": "IR-7", "tags": ["lab"]]))
            .structured()
        let id = try #require(made["deployment_id"]?.stringValue)
        #expect(made["phase"] == "active" && made["status"] == "done")
        #expect(home.exists("network") && home.exists("server.config.yaml"))

        let list = try await session.call("list_deployments").structured()
        #expect(list["count"] == 1 && list["deployments"]?.arrayValue?.first?["case_number"] == "IR-7")
        let status = try await session.call("get_deployment_status", ["deployment_id": .string(id)]).structured()
        #expect(status["condition"] == "running")
        let logs = try await session.call("get_deployment_logs", ["deployment_id": .string(id), "lines": 3])
            .structured()
        #expect(logs["lines"]?.arrayValue?.count == 3 && logs["earlier_lines_exist"] == true)
        let documents = try await session.call("export_deployment_docs", ["deployment_id": .string(id)]).structured()
        let folder = try #require(documents["output_directory"]?.stringValue)
        let readme = try String(contentsOfFile: "\(folder)/README.md", encoding: .utf8)
        #expect(readme.contains(id) && !readme.contains("PRIVATE KEY"))

        let before = try home.record(id)["serial"]?.integerValue ?? 0
        let former = try String(contentsOfFile: "\(home.deployments)/\(id)/pki/frontend.pem", encoding: .utf8)
        _ = try await session.call("rotate_certificates", ["deployment_id": .string(id)]).structured()
        #expect(try String(contentsOfFile: "\(home.deployments)/\(id)/pki/frontend.pem", encoding: .utf8) != former)
        #expect(try home.record(id)["serial"]?.integerValue ?? 0 > before)

        let preview = try await session.call("destroy_deployment", ["deployment_id": .string(id)]).structured()
        #expect(preview["status"] == "not_confirmed" && preview["keeps"]?.arrayValue?.first?["name"] == "volume")
        #expect(home.exists("start"))
        let gone = try await session.call(
            "destroy_deployment",
            ["deployment_id": .string(id), "confirm": true, "delete_data": true]
        ).structured()
        #expect(gone["phase"] == "destroyed" && gone["resources"] == [])
        #expect(!home.exists("network") && !home.exists("volume"))
        #expect(try await session.call("list_deployments").structured()["count"] == 0)
        let all = try await session.call("list_deployments", ["include_destroyed": true]).structured()
        #expect(all["deployments"]?.arrayValue?.first?["phase"] == "destroyed")
        #expect(try await session.call("list_credentials").structured()["count"] == 0)
    }

    @Test("Every file is its owner's alone, and neither key nor password is in any result, record or log")
    func secrecy() async throws {
        let home = try DeploymentHome()
        let session = try await home.session()
        var said: [String] = []
        let made = try await session.call("deploy_server", home.arguments())
        said.append(made.json())
        let id = try #require(made["structuredContent"]?["deployment_id"]?.stringValue)
        for (path, mode) in try home.modes(id) where path != "pki" { #expect(mode == "600", "\(path)") }
        let shown = try String(contentsOfFile: "\(home.deployments)/\(id)/admin-password.txt", encoding: .utf8)
        let password = try #require(shown.split(separator: "\n").first { $0.hasPrefix("password: ") }?.dropFirst(10))
        #expect(password.count >= 24)
        for tool in [
            "get_deployment_status", "generate_server_config", "generate_client_config", "validate_deployment",
        ] {
            said.append(try await session.call(tool, ["deployment_id": .string(id)]).json())
        }
        said.append(try await session.request("resources/read", ["uri": "velociraptor://deployments/\(id)"]).json())
        said.append(try await session.request("resources/read", ["uri": "velociraptor://deployments"]).json())
        said.append(try home.record(id).json())
        session.process.closeInput()
        #expect(await session.process.waitForEnd() == 0)
        said.append(session.process.standardError)
        let audit = "\(home.folder.path)/state/megaraptor-mcp/audit/audit.jsonl"
        said.append(try String(contentsOfFile: audit, encoding: .utf8))
        for text in said {
            #expect(!text.contains(password) && !text.contains("PRIVATE KEY"))
        }
        // No certificate authority's key lies on the disk in clear.
        for name in try FileManager.default.subpathsOfDirectory(atPath: "\(home.deployments)/\(id)/pki") {
            #expect(!name.contains("ca.key"))
        }
    }

    @Test("What is deployed is recorded step by step, with who asked for it")
    func audit() async throws {
        let home = try DeploymentHome()
        let session = try await home.session()
        _ = try await session.call("deploy_server", home.arguments()).structured()
        session.process.closeInput()
        #expect(await session.process.waitForEnd() == 0)
        let audit = "\(home.folder.path)/state/megaraptor-mcp/audit/audit.jsonl"
        let records = try String(contentsOfFile: audit, encoding: .utf8).split(separator: "\n").map {
            try JSONValue(json: String($0))
        }
        let steps = records.filter { $0["method"] == "provider/apply" && $0["kind"] == "intent" }
        #expect(steps.compactMap { $0["arguments"]?["step"]?.stringValue } == ["network", "volume", "server", "start"])
        #expect(steps.allSatisfy { $0["client"] == "org.megaraptor.deployments" && $0["changes"] == true })
    }

    @Test("In read-only mode nothing that changes is offered, and a plan still is")
    func readOnly() async throws {
        let home = try DeploymentHome()
        let session = try await home.session(["--read-only"])
        let names = try await session.request("tools/list")["tools"]?.arrayValue?.compactMap { $0["name"]?.stringValue }
        #expect(names?.contains("plan_deployment") == true && names?.contains("deploy_server") == false)
        _ = try await session.call("plan_deployment", home.arguments()).structured()
    }

    @Test("What stands against a deployment is told before anything is made")
    func problems() async throws {
        let home = try DeploymentHome()
        let session = try await home.session()
        let cases: [(JSONValue, String)] = [
            (home.arguments(["gui_port": 8000]), "8000"),
            (home.arguments(["profile": "rapid"]), "does not allow"),
            (home.arguments(["server_hostname": "https://x"]), "not a host name"),
            (home.arguments(["admin_user": "GRPC_GW"]), "belongs to the server"),
            (home.arguments(["gui_address": "localhost"]), "no internet address"),
            (home.arguments(options: ["colour": "red"]), "It takes"),
            (home.arguments(options: ["unusable": true]), "not wanted"),
            (home.arguments(["target_host": "box"]), "takes no target_host"),
            (home.arguments(["binary": "/etc/hostname"]), "no program for Linux"),
            (home.arguments(["template": "none"]), "no template"),
            (["deployment_type": "folder", "profile": "minimal", "options": ["folder": "/nowhere"]], "does not exist"),
        ]
        for (arguments, words) in cases {
            let answer = try await session.call("deploy_server", arguments)
            #expect(answer["isError"] == true && answer.text.contains(words), "\(arguments.json()): \(answer.text)")
        }
        #expect(!FileManager.default.fileExists(atPath: home.deployments))
    }

    @Test("An id that is none reaches no file", arguments: ["vr-../../etc/passwd", "vr-0123456789AB", "../x", ""])
    func identifiers(id: String) async throws {
        let session = try await DeploymentHome().session()
        let answer = try await session.call("get_deployment_status", ["deployment_id": .string(id)])
        #expect(answer["isError"] == true)
        let unknown = try await session.call("get_deployment_status", ["deployment_id": "vr-0123456789ab"])
        #expect(unknown.text.contains("There is no deployment vr-0123456789ab"))
    }

    @Test("What was chosen once can be chosen again by name")
    func templates() async throws {
        let home = try DeploymentHome()
        let session = try await home.session()
        let made = try await session.call("deploy_server", home.arguments(["gui_port": 9443, "name": "First"]))
            .structured()
        let id = try #require(made["deployment_id"])
        _ = try await session.call("save_deployment_template", ["deployment_id": id, "name": "usual"]).structured()
        let again = try await session.call("save_deployment_template", ["deployment_id": id, "name": "usual"])
        #expect(again["isError"] == true)
        let planned = try await session.call("plan_deployment", ["template": "usual", "api_port": 9001]).structured()
        #expect(planned["deployment_type"] == "folder")
        let saved = "\(home.folder.path)/data/megaraptor-mcp/deployment-templates/usual.json"
        let inputs = try JSONValue(json: Array(Data(contentsOf: URL(filePath: saved))))
        #expect(inputs["gui_port"] == 9443 && inputs["name"] == nil)
    }
}
