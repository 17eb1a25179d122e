// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import AWSDeployerPlugin

@Suite("A console's text")
struct ScreeningTests {
    @Test("is shown without private keys, also one that is cut off")
    func keys() {
        let text = "boot\r\n-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\nready\n"
        #expect(ServerLogs.screened(text) == ["boot", "[a private key is left out here]", "ready"])
        #expect(
            ServerLogs.screened("a\n-----BEGIN PRIVATE KEY-----\nMIIE") == ["a", "[a private key is left out here]"]
        )
        #expect(ServerLogs.screened("-----BEGIN CERTIFICATE-----\nMIID") == ["-----BEGIN CERTIFICATE-----", "MIID"])
    }
}
