// SPDX-License-Identifier: Apache-2.0

public import MegaraptorPluginKit

/// The deployments plugin as the host sees it.
public struct DeploymentsPlugin: Plugin {
    public static let identity = PluginIdentity(id: "org.megaraptor.deployments", version: "0.1.0")

    public init(host: HostServices) {}
}
