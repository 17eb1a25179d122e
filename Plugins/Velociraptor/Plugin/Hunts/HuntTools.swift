// SPDX-License-Identifier: Apache-2.0

internal import MegaraptorPluginKit

extension VelociraptorPlugin {
    /// The tools about hunts as a whole.
    var huntTools: [Tool] {
        [estimateHunt, createHunt, modifyHunt, listHunts, listHuntFlows]
    }
}
