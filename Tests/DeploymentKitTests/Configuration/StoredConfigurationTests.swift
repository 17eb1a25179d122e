// SPDX-License-Identifier: Apache-2.0

import Certificates
import DeployerKit
import DeploymentKit
import MegaraptorErrors
import Testing

@Suite("Reading a server's configuration back")
struct StoredConfigurationTests {
    @Test("Everything that a deployment needs to go on is found", arguments: ConfigurationFormat.allCases)
    func roundTrip(format: ConfigurationFormat) async throws {
        let configuration = try await TestServer.make()
        let stored = try StoredServerConfiguration(configuration.text(format), file: "server.config.yaml")
        #expect(stored.nonces == configuration.nonces)
        #expect(stored.authority == configuration.pki.authority)
        #expect(stored.frontend.certificate == configuration.pki.frontend.certificate)
        #expect(stored.frontend.key == configuration.pki.frontend.key)
        #expect(stored.gateway.key == configuration.pki.gateway.key)
        #expect(stored.serverURLs == ["https://velo.example.org:8000/"])
        #expect(stored.guiURL == configuration.guiURL)
        #expect(stored.frontendBind == configuration.layout.frontend && stored.apiBind == configuration.layout.api)
        #expect(stored.guiBind == configuration.layout.gui && stored.datastore == "/var/lib/velociraptor")
        #expect(stored.initialPasswords == configuration.initialUsers.compactMap(\.password))
        #expect(stored.initialPasswords.count == 1 && stored.authorityKey == nil)
        #expect(try stored.pki.checks(at: try await TestPKI.now).allSatisfy { $0.status == .ok })
    }

    @Test("The authority's key is found where the file holds it")
    func authorityKey() async throws {
        let key = try await TestPKI.signed.authority.key
        let text = try await TestServer.make { $0.authorityKey = key }.text()
        let stored = try StoredServerConfiguration(text, file: "server.config.yaml")
        #expect(stored.authorityKey == key)
    }

    @Test("What is missing is named, and no value is shown")
    func missing() async throws {
        let text = try await TestServer.make().text()
        let nonce = "bm9uY2U6MTIzNDU2Nzg5MA=="
        let without = text.replacing("  nonce: \"\(nonce)\"\n", with: "")
        #expect(without != text)
        let error = #expect(throws: MegaraptorError.self) {
            try StoredServerConfiguration(without, file: "server.config.yaml")
        }
        #expect(error?.message.contains("/Client/nonce") == true)
        let damaged = text.replacing("BEGIN RSA PRIVATE KEY", with: "BEGIN RSA PRIVAT KEY")
        let key = #expect(throws: MegaraptorError.self) { try StoredServerConfiguration(damaged, file: "f") }
        #expect(key?.code == .invalidArgument && key?.description.contains(nonce) == false)
        #expect(throws: MegaraptorError.self) { try StoredServerConfiguration("", file: "f") }
        #expect(throws: MegaraptorError.self) { try StoredServerConfiguration("{", file: "f") }
    }

    @Test("New nonces are random, and what is no nonce is refused")
    func nonces() throws {
        let nonces = (0..<50).map { _ in DeploymentNonces() }
        #expect(Set(nonces.map(\.client)).count == 50 && Set(nonces.map(\.obfuscation)).count == 50)
        #expect(nonces[0].client.utf8.count == 24 && nonces[0].obfuscation.utf8.count == 12)
        for text in ["", "a b", "a\nb", "é", String(repeating: "a", count: 201)] {
            #expect(throws: MegaraptorError.self) { try DeploymentNonces(client: text, obfuscation: "a") }
        }
    }
}
