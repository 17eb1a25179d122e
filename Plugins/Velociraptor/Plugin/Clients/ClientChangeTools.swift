// SPDX-License-Identifier: Apache-2.0

internal import MegaraptorPluginKit

extension VelociraptorPlugin {
    /// The tools that change clients, or what the server keeps of them.
    var clientChangeTools: [Tool] {
        [labelClient, quarantineClient]
    }
}
