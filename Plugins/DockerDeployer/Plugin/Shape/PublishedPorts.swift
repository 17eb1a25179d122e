// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import JSONValue

/// Which ports the server has inside its container, and where they come out.
struct PublishedPorts: Sendable {
    private let deployment: DeploymentSpecification
    private let mode: DockerOptions.NetworkMode

    init(_ deployment: DeploymentSpecification, _ mode: DockerOptions.NetworkMode) {
        self.deployment = deployment
        self.mode = mode
    }

    private var endpoints: [DeploymentSpecification.Endpoint] { [deployment.frontend, deployment.gui, deployment.api] }

    /// A user without rights cannot bind the lowest ports, so these are others inside.
    private static func inside(_ port: Int) -> Int { port < 1024 ? port + 60_000 : port }

    /// As the engine writes them: `8000/tcp`.
    var inside: [String] { endpoints.map { "\(Self.inside($0.port))/tcp" } }

    var bindings: JSONValue {
        .object(
            JSONObject(
                endpoints.map { endpoint in
                    let outside: JSONValue = [
                        "HostIp": .string(endpoint.address), "HostPort": .string(String(endpoint.port)),
                    ]
                    return ("\(Self.inside(endpoint.port))/tcp", [outside])
                }
            )
        )
    }

    /// As compose files write them: `127.0.0.1:8889:8889`.
    var compose: [String] {
        endpoints.map { endpoint in
            let address = endpoint.address.contains(":") ? "[\(endpoint.address)]" : endpoint.address
            return "\(address):\(endpoint.port):\(Self.inside(endpoint.port))"
        }
    }

    /// How the server's own configuration has to bind.
    var layout: ServerLayout {
        let monitoring = DeploymentSpecification.Endpoint(address: "127.0.0.1", port: deployment.monitoringPort)
        return ServerLayout(
            datastore: ContainerPaths.datastore,
            logs: ContainerPaths.logs,
            configuration: ContainerPaths.config,
            frontend: bound(deployment.frontend),
            gui: bound(deployment.gui),
            api: bound(deployment.api),
            monitoring: monitoring,
            apiHostname: apiHostname
        )
    }

    /// In a network of its own the server listens everywhere: who reaches it is decided by what is published.
    private func bound(_ endpoint: DeploymentSpecification.Endpoint) -> DeploymentSpecification.Endpoint {
        switch mode {
        case .bridge: .init(address: "0.0.0.0", port: Self.inside(endpoint.port))
        case .host: endpoint
        case .none: .init(address: "127.0.0.1", port: endpoint.port)
        }
    }

    /// What the GUI dials for the API. It must be reachable from the server itself, which the public name often is not.
    private var apiHostname: String {
        let address = deployment.api.address
        return mode == .host && address != "0.0.0.0" && address != "::" ? address : "127.0.0.1"
    }

    var exposure: [DeploymentPlan.Exposure] {
        guard mode != .none else { return [] }
        return zip(["agents", "GUI", "API"], endpoints).map { purpose, endpoint in
            DeploymentPlan.Exposure(
                purpose: purpose,
                address: endpoint.address,
                port: endpoint.port,
                reach: Self.reach(endpoint.address)
            )
        }
    }

    private static func reach(_ address: String) -> String {
        switch address {
        case "0.0.0.0", "::": "everybody who reaches the machine of the engine"
        case "127.0.0.1", "::1": "only the machine of the engine"
        default: "whoever reaches \(address)"
        }
    }
}
