// SPDX-License-Identifier: Apache-2.0

import Foundation
import MegaraptorPluginKit

@testable import AgentsPlugin

/// The plugin, with each machine in a folder of its own, by its port.
struct RolloutPlugin: Plugin {
    static let identity = AgentsPlugin.identity
    static let folder: String = {
        atexit { try? FileManager.default.removeItem(atPath: "/dev/shm/mr-agents-\(getpid())") }
        return "/dev/shm/mr-agents-\(getpid())"
    }()

    private let plugin: AgentsPlugin

    init(host: HostServices) {
        plugin = AgentsPlugin(
            core: AgentsCore(host: host, remoteFolder: { "\(Self.folder)/\($0.port)" })
        )
    }

    var tools: [Tool] { plugin.tools }
}
