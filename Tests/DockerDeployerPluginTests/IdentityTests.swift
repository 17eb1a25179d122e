// SPDX-License-Identifier: Apache-2.0

import DockerDeployerPlugin
import MegaraptorPluginKit
import Testing

@Suite("The plugin's identity")
struct IdentityTests {
    @Test("is the one that its manifest gives")
    func identity() {
        #expect(DockerDeployerPlugin.identity.id == "org.megaraptor.docker")
    }
}
