// SPDX-License-Identifier: Apache-2.0

import Certificates
import DeploymentKit
import JSONValue
import MegaraptorErrors
import Testing

@Suite("Configurations of agents and API clients")
struct ClientConfigurationTests {
    @Test("An agent's is written as agreed, and without a private key")
    func golden() async throws {
        let text = try await TestServer.make().client.text()
        try TestServer.compare(TestServer.withoutPEM(text), with: "client.golden.yaml")
        #expect(!text.contains("PRIVATE KEY"))
    }

    @Test("It is the same as the server's own section")
    func section() async throws {
        let configuration = try await TestServer.make()
        #expect(try configuration.client.json()["Client"] == (try configuration.json()["Client"]))
    }

    @Test("Labels and waits that agents would not take are refused")
    func refused() async throws {
        var client = try await TestServer.make().client
        client.maxPoll = 0
        #expect(throws: MegaraptorError.self) { try client.text() }
        client.maxPoll = 5
        #expect(try client.json()["Client"]?["max_poll"] == 5)
        for label in ["", "a b", "-a", "a,b", String(repeating: "a", count: 65)] {
            client.labels = [label]
            #expect(throws: MegaraptorError.self) { try client.text() }
        }
    }

    @Test("An API client's file has the keys that the server's own tools write, and no others")
    func apiClient() async throws {
        let pki = try await TestPKI.pki
        let file = APIClientConfiguration(
            authority: pki.authority,
            identity: pki.apiClients[0],
            hostname: try HostName("::1"),
            port: 8001
        )
        let json = try TestServer.read(file.text())
        #expect(
            json.objectValue?.keys
                == ["ca_certificate", "client_cert", "client_private_key", "api_connection_string", "name"]
        )
        #expect(json["api_connection_string"] == "[::1]:8001" && json["name"] == "mcp")
        #expect(try Certificate(pem: json["client_cert"]?.stringValue ?? "") == pki.apiClients[0].certificate)
        #expect(try PrivateKey(pem: json["client_private_key"]?.stringValue ?? "") == pki.apiClients[0].key)
        #expect(try Certificate(pem: json["ca_certificate"]?.stringValue ?? "") == pki.authority)
    }

    @Test("A file with which nobody could come in is not written")
    func useless() async throws {
        let pki = try await TestPKI.pki
        let host = try HostName("127.0.0.1")
        let other = try await DeploymentPKI.make(hostnames: []).pki
        let stranger = APIClientConfiguration(
            authority: other.authority,
            identity: pki.apiClients[0],
            hostname: host,
            port: 8001
        )
        #expect(throws: MegaraptorError.self) { try stranger.text() }
        let gateway = APIClientConfiguration(
            authority: pki.authority,
            identity: pki.gateway,
            hostname: host,
            port: 8001
        )
        #expect(throws: MegaraptorError.self) { try gateway.text() }
        let port = APIClientConfiguration(
            authority: pki.authority,
            identity: pki.apiClients[0],
            hostname: host,
            port: 0
        )
        #expect(throws: MegaraptorError.self) { try port.text() }
    }
}
