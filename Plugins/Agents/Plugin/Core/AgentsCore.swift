// SPDX-License-Identifier: Apache-2.0

import DeploymentKit
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit
import VelociraptorQuery

/// What all tools share: the deployments that agents belong to, and where artefacts are written.
struct AgentsCore: Sendable {
    let host: HostServices
    /// What goes before all paths on a machine reached by SSH: nothing, but in tests.
    var remoteFolder: @Sendable (MachineTarget) -> String = { _ in "" }

    /// What an agent of a deployment needs, told by whoever keeps the deployments.
    func enrolment(
        _ deployment: String,
        labels: [String] = [],
        for context: CallContext
    ) async throws(MegaraptorError) -> Enrolment {
        let id = try DeploymentID(deployment)
        let providers = try await host.providers(of: Enrolment.interface)
        guard let provider = providers.first else {
            throw MegaraptorError(
                .notFound,
                "Nobody here knows deployments.",
                hint: "Whoever runs this server has to install or enable the plugin org.megaraptor.deployments."
            )
        }
        let arguments: JSONValue = ["deployment_id": .string(id.text), "labels": .array(labels.map(JSONValue.string))]
        return try Enrolment(
            try await context.call(ProviderCall(Enrolment.interface, provider.name, "enrolment", arguments))
        )
    }

    /// The deployment's server, asked on behalf of a call.
    func queries(_ enrolment: Enrolment, for context: CallContext) -> VelociraptorQueries {
        VelociraptorQueries(apiConfig: enrolment.apiConfig) { call throws(MegaraptorError) in
            try await context.call(call)
        }
    }

    /// Where what is made for agents lies: the owner's alone, as it holds the nonce.
    func folder(_ kind: String) async throws(MegaraptorError) -> String { "\(try await folder())/\(kind)" }

    /// The rollouts of a deployment, which may be gone by now.
    func rollouts(_ id: DeploymentID) async throws(MegaraptorError) -> RolloutStore {
        RolloutStore(folder: "\(try await folder())/\(id)/rollouts")
    }

    /// Holds a folder for each deployment.
    func folder() async throws(MegaraptorError) -> String {
        guard let data = try await host.paths()["data"]?.stringValue, data.hasPrefix("/") else {
            throw MegaraptorError(.unsupported, "This host does not say where its data lies.")
        }
        return "\(data)/agents"
    }
}
