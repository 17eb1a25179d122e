// SPDX-License-Identifier: Apache-2.0

internal import MegaraptorErrors
public import MegaraptorPluginKit

/// The deployments plugin as the host sees it: stands up Velociraptor servers through the deployers that are installed.
public struct DeploymentsPlugin: Plugin {
    public static let identity = PluginIdentity(id: "org.megaraptor.deployments", version: "0.1.0")

    let core: DeploymentCore
    private let startup: StartupExpiry

    public init(host: HostServices) {
        core = DeploymentCore(host: host)
        startup = StartupExpiry(core: core)
    }

    public var tools: [Tool] {
        deployTools + cloudTools + lookingTools + operationTools + configurationTools + careTools + credentialTools
            + programTools
    }

    public var resources: [Resource] { [deploymentList] }

    public var resourceTemplates: [ResourceTemplate] { [deploymentDetails] }

    public func health(context: CallContext) async throws -> [HealthCheck] {
        try await DeploymentHealth(core: core, context: context)()
    }

    public func activate() async { await startup.begin() }

    public func deactivate() async {
        await startup.end()
        await core.running.close()
    }
}
