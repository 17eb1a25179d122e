// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import MegaraptorErrors
import Testing

/// A user's folders for one test, and how that user has the lab deployed as a server in a container.
struct DockerHome {
    let folder: ScratchFolder
    let engine: ContainerEngine
    /// The ports of frontend, GUI and API.
    let ports: [Int]
    /// Where the host believes the engine to be.
    let address: String

    init(_ engine: ContainerEngine, gate: RequestGate? = nil) throws {
        folder = try ScratchFolder()
        self.engine = engine
        ports = try PortHolder.free(3)
        address = gate?.socket.address ?? "unix://\(engine.socket)"
    }

    var deployments: String { "\(folder.path)/data/megaraptor-mcp/deployments" }

    func session() async throws -> Session {
        let environment = [
            "XDG_DATA_HOME": "\(folder.path)/data", "XDG_CONFIG_HOME": "\(folder.path)/config",
            "XDG_STATE_HOME": "\(folder.path)/state", "XDG_CACHE_HOME": "\(folder.path)/cache",
        ]
        let session = try Session(["--toolsets", "all", "--confirm", "never"], environment: environment)
        _ = try await session.initialize()
        return session
    }

    /// What `deploy_server_docker` is given. The network is the machine's own, as engines in containers have no other.
    func arguments(_ more: JSONObject = [:]) -> JSONValue {
        var arguments: JSONObject = [
            "profile": "minimal", "memory_limit": "512m", "cpu_limit": "1",
            "frontend_address": "127.0.0.1", "gui_address": "127.0.0.1", "api_address": "127.0.0.1",
            "frontend_port": JSONValue(ports[0]), "gui_port": JSONValue(ports[1]), "api_port": JSONValue(ports[2]),
            "binary": .string(engine.program), "version": "0.77.2",
            "options": [
                "engine": .string(address), "network_mode": "host", "base_image": .string(engine.base),
                "open_files": 1024,
            ],
        ]
        for (key, value) in more { arguments[key] = value }
        return .object(arguments)
    }

    /// Deploys, and gives the answer and the deployment's id.
    func deploy(_ session: Session, _ more: JSONObject = [:]) async throws -> (answer: JSONValue, id: String) {
        let answer = try await session.call("deploy_server_docker", arguments(more)).structured()
        return (answer, try #require(answer["deployment_id"]?.stringValue, "\(answer.json())"))
    }

    /// Destroys with data, so that nothing stays in the engine for the next test.
    func destroy(_ session: Session, _ id: String) async throws {
        let gone = try await session.call(
            "destroy_deployment",
            ["deployment_id": .string(id), "confirm": true, "delete_data": true]
        ).structured()
        #expect(gone["phase"] == "destroyed" && gone["resources"] == [], "\(gone.json())")
        #expect(try await engine.labelled(id) == [])
    }

    func onlyID() throws -> String {
        let names = try FileManager.default.contentsOfDirectory(atPath: deployments)
        return try #require(names.count == 1 ? names.first : nil, "\(names)")
    }

    func remove(_ name: String, of id: String) throws {
        try FileManager.default.removeItem(atPath: "\(deployments)/\(id)/\(name)")
    }

    /// Holds what a whole deployment is made of against what the engine has.
    func expectWhole(_ id: String) async throws {
        let name = "velociraptor-\(id)"
        #expect(
            try await engine.labelled(id) == [
                "container \(name)", "image localhost/megaraptor/\(id)", "volume \(name)-config", "volume \(name)-data",
                "volume \(name)-logs",
            ]
        )
        // Whatever its labels: nothing was made twice, and no volume without a name was left.
        let count = try await engine.count()
        #expect(count == (1, 3), "\(count)")
    }

    /// Checks of a running server of which none failed.
    func expectValid(_ session: Session, _ id: String) async throws {
        let status = try await session.call("get_deployment_status", ["deployment_id": .string(id)]).structured()
        #expect(status["condition"] == "running" && status["phase"] == "active", "\(status.json())")
        let report = try await session.call("validate_deployment", ["deployment_id": .string(id)]).structured()
        let bad = (report["checks"]?.arrayValue ?? []).filter { $0["status"] == "failed" || $0["status"] == "unknown" }
        #expect(bad == [] && report["valid"] == true, "\(bad.map { $0.json() })")
    }
}
