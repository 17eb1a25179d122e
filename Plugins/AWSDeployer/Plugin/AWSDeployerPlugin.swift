// SPDX-License-Identifier: Apache-2.0

internal import DeployerKit
public import MegaraptorPluginKit

/// The deployer for AWS as the host sees it.
public struct AWSDeployerPlugin: Plugin {
    public static let identity = PluginIdentity(id: "org.megaraptor.aws", version: "0.1.0")

    public init(host: HostServices) {}

    public var providers: [Provider] { [AWSDeployer(Surroundings()).provider] }
}
