// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import MegaraptorPluginKit
import SSHTestbed

@testable import BinaryDeployerPlugin

/// The plugin, with the test's programs before the machine's own on localhost.
struct BenchPlugin: Plugin {
    static let identity = BinaryDeployerPlugin.identity

    private let path: String

    init(host: HostServices) throws {
        path = try FakeMachine.made.get().path
    }

    var providers: [Provider] { [BinaryDeployer(localEnvironment: ["PATH": path, "HOME": "/root"]).provider] }
}
