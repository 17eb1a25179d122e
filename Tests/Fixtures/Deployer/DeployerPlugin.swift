// SPDX-License-Identifier: Apache-2.0

public import CMegaraptorABI
import DeployerKit
import MegaraptorPluginKit

/// A third party's plugin with a deployer.
struct DeployerPlugin: Plugin {
    static let identity = PluginIdentity(id: "org.megaraptor.fixture.deployer", version: "1.0.0")

    init(host: HostServices) {}

    var providers: [Provider] { [FolderDeployer().provider] }
}

// The contract gives the name.
// swift-format-ignore: AlwaysUseLowerCamelCase
@c @implementation
public func megaraptor_plugin_v1(
    _ host: UnsafePointer<mr_host>?,
    _ out: UnsafeMutablePointer<mr_plugin>?
) -> Int32 {
    PluginEntry.open(DeployerPlugin.self, host, out)
}
