// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import DeploymentKit
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit

/// What all tools share: the state of the deployments, the deployers that there are, and what goes on.
struct DeploymentCore: Sendable {
    let host: HostServices
    let running = RunningOperations()

    /// The deployments of this user. Each question asks the host anew, which costs less than a look at the disk.
    func store() async throws(MegaraptorError) -> DeploymentStore {
        DeploymentStore(root: try await dataFolder() + "/deployments")
    }

    /// The templates that were saved from deployments.
    func templates() async throws(MegaraptorError) -> TemplateStore {
        TemplateStore(root: try await dataFolder() + "/deployment-templates")
    }

    /// Where templates are written that people take away.
    func exportFolder() async throws(MegaraptorError) -> String { try await dataFolder() + "/exported-templates" }

    /// Where programs are kept that were fetched.
    func programFolder() async throws(MegaraptorError) -> String { try await dataFolder() + "/programs" }

    private func dataFolder() async throws(MegaraptorError) -> String {
        guard let folder = try await host.paths()["data"]?.stringValue, folder.hasPrefix("/") else {
            throw MegaraptorError(.unsupported, "This host does not say where its data lies.")
        }
        return folder
    }

    /// What operations have set for this plugin.
    func settings() async throws(MegaraptorError) -> JSONValue { try await host.config() }

    // MARK: - Deployers

    /// All deployers that are installed, by name.
    func deployers() async throws(MegaraptorError) -> [ProviderInfo] {
        try await host.providers(of: deployInterface)
    }

    /// A deployer by its name, asked over `carry`.
    func deployer(
        _ name: String,
        _ carry: @escaping DeployerClient.Carrier
    ) async throws(MegaraptorError) -> DeployerClient {
        let known = try await deployers()
        guard let info = known.first(where: { $0.name == name }) else {
            let names = known.map(\.name).joined(separator: ", ")
            throw MegaraptorError(
                .notFound,
                "There is no deployer \"\(name)\".",
                hint: names.isEmpty
                    ? "No deployer is installed. Whoever runs this server has to install or enable one."
                    : "Installed are: \(names). Another has to be installed or enabled by whoever runs this server."
            )
        }
        return DeployerClient(info: info, carry: carry)
    }

    /// The deployer of a call: its questions are asked on the call's behalf.
    func deployer(_ name: String, for context: CallContext) async throws(MegaraptorError) -> DeployerClient {
        try await deployer(name) { call throws(MegaraptorError) in try await context.call(call) }
    }

    /// The deployer of an operation that goes on when the call that began it ends, if one has.
    func deployer(_ name: String, beyond context: CallContext?) async throws(MegaraptorError) -> DeployerClient {
        try await deployer(name) { [host] call throws(MegaraptorError) in
            guard let context else { return try await host.call(call) }
            return try await context.callDetached(call)
        }
    }
}
