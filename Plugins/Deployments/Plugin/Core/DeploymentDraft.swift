// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import DeploymentKit
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit

/// A deployment that nobody has agreed to yet: its inputs, resolved and checked. Nothing of it is written anywhere.
struct DeploymentDraft: Sendable {
    let id: DeploymentID
    let inputs: ServerInputs
    let profile: DeploymentProfile
    let deployerName: String
    let specification: DeploymentSpecification
    let options: JSONValue
    let administrator: UserName
    let apiUser: UserName
    let apiRoles: [UserRole]

    /// What the API user may do where nothing else is said: everything that the investigating tools need.
    static let standardRoles = ["investigator", "api"]

    /// The label that everything of a deployment carries, whoever made it.
    static let label = "org.megaraptor.deployment"

    /// - Parameter folder: where its files will lie.
    init(
        _ inputs: ServerInputs,
        standardProfile: String,
        id: DeploymentID,
        folder: DeploymentFolder,
        deployers: [ProviderInfo]
    ) async throws(MegaraptorError) {
        self.id = id
        self.inputs = inputs
        profile = try DeploymentProfile.named(inputs.profile ?? standardProfile)
        deployerName = inputs.deploymentType ?? profile.defaultTarget
        try profile.check(target: deployerName)
        administrator = try UserName(inputs.administrator ?? "admin")
        apiUser = try UserName(inputs.apiUser ?? "megaraptor")
        guard administrator != apiUser else {
            throw MegaraptorError(.invalidArgument, "admin_user and api_user must be two names, not both \(apiUser).")
        }
        apiRoles = try (inputs.apiRoles ?? Self.standardRoles).map { name throws(MegaraptorError) in
            try UserRole.named(name)
        }
        options = try Self.options(inputs, deployerName, deployers)
        specification = try await Self.specification(inputs, id, folder, profile)
    }

    private static func specification(
        _ inputs: ServerInputs,
        _ id: DeploymentID,
        _ folder: DeploymentFolder,
        _ profile: DeploymentProfile
    ) async throws(MegaraptorError) -> DeploymentSpecification {
        typealias Endpoint = DeploymentSpecification.Endpoint
        let hostname = try HostName(inputs.hostname ?? "localhost")
        var specification = DeploymentSpecification(
            id: id.text,
            name: inputs.name ?? id.text,
            profile: profile.name,
            limits: try inputs.limits(over: profile.limits),
            hostname: hostname.text,
            frontend: Endpoint(address: inputs.frontendAddress ?? "0.0.0.0", port: inputs.frontendPort ?? 8000),
            gui: Endpoint(address: inputs.guiAddress ?? "127.0.0.1", port: inputs.guiPort ?? 8889),
            api: Endpoint(address: inputs.apiAddress ?? "127.0.0.1", port: inputs.apiPort ?? 8001),
            monitoringPort: inputs.monitoringPort ?? 8003,
            files: DeploymentSpecification.Files(
                folder: folder.path,
                serverConfig: folder.serverConfig,
                caCertificate: folder.caCertificate
            ),
            labels: [label: id.text, label + ".profile": profile.name]
        )
        if let path = inputs.binary {
            specification.binary = try await ServerProgram.examined(path, version: inputs.version)
        }
        for endpoint in [specification.frontend, specification.gui, specification.api] {
            guard try HostName(endpoint.address).kind != .name else {
                throw MegaraptorError(
                    .invalidArgument,
                    "\"\(endpoint.address)\" is no internet address to listen on.",
                    hint: "127.0.0.1 is the machine itself, 0.0.0.0 everybody; or one of the machine's addresses."
                )
            }
        }
        let ports = [
            ("frontend_port", specification.frontend.port), ("gui_port", specification.gui.port),
            ("api_port", specification.api.port), ("monitoring_port", specification.monitoringPort),
        ]
        let problems = ServerConfiguration.portProblems(ports, mayShare: inputs.acmeDirectory != nil)
        if let problem = problems.first {
            throw MegaraptorError(.invalidArgument, problem.message, hint: problem.hint ?? "")
        }
        return specification
    }
}

extension ServerInputs {
    /// The profile's limits, where these say nothing else.
    func limits(
        over standard: DeploymentSpecification.Limits
    ) throws(MegaraptorError) -> DeploymentSpecification.Limits {
        var limits = standard
        if let memoryLimit {
            let number = Int(memoryLimit.dropLast()) ?? 0
            limits.memoryMB = memoryLimit.lowercased().hasSuffix("g") ? number * 1024 : number
            guard limits.memoryMB >= 512 else {
                throw MegaraptorError(
                    .invalidArgument,
                    "memory_limit is \(memoryLimit); the server needs at least 512m."
                )
            }
        }
        if let cpuLimit {
            limits.cpus = Double(cpuLimit) ?? 0
            guard limits.cpus >= 0.1 else {
                throw MegaraptorError(.invalidArgument, "cpu_limit is \(cpuLimit); the server needs at least 0.1.")
            }
        }
        return limits
    }
}
