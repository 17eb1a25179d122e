// SPDX-License-Identifier: Apache-2.0

internal import DeployerKit
public import MegaraptorPluginKit

/// The deployer for plain machines as the host sees it.
public struct BinaryDeployerPlugin: Plugin {
    public static let identity = PluginIdentity(id: "org.megaraptor.binary", version: "0.1.0")

    public init(host: HostServices) {}

    public var providers: [Provider] { [BinaryDeployer().provider] }
}
