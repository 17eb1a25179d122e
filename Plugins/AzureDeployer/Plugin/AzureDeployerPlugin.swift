// SPDX-License-Identifier: Apache-2.0

internal import DeployerKit
public import MegaraptorPluginKit

/// The deployer for Microsoft Azure as the host sees it.
public struct AzureDeployerPlugin: Plugin {
    public static let identity = PluginIdentity(id: "org.megaraptor.azure", version: "0.1.0")

    public init(host: HostServices) {}

    public var providers: [Provider] { [AzureDeployer().provider] }
}
