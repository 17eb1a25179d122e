// SPDX-License-Identifier: Apache-2.0

internal import DeployerKit
public import MegaraptorPluginKit

/// The deployer for container engines as the host sees it.
public struct DockerDeployerPlugin: Plugin {
    public static let identity = PluginIdentity(id: "org.megaraptor.docker", version: "0.1.0")

    public init(host: HostServices) {}

    public var providers: [Provider] { [DockerDeployer().provider] }
}
