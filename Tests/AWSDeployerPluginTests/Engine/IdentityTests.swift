// SPDX-License-Identifier: Apache-2.0

import AWSDeployerPlugin
import MegaraptorPluginKit
import Testing

@Suite("The plugin's identity")
struct IdentityTests {
    @Test("is the one that its manifest gives")
    func identity() {
        #expect(AWSDeployerPlugin.identity.id == "org.megaraptor.aws")
    }
}
