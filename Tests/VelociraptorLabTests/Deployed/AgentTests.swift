// SPDX-License-Identifier: Apache-2.0

import Certificates
import Foundation
import JSONValue
import Testing
import VelociraptorLab
import YAMLSource

@Suite("The lab's agent checks what a real one checks")
struct AgentTests {
    /// What an agent with this configuration says of the server; `nil` once it is a client.
    private func enrolment(
        _ deployment: TestDeployment,
        _ server: DeployedServer,
        _ changes: [(String, JSONValue?)] = []
    ) async throws -> [String]? {
        let url = JSONValue.string("https://127.0.0.1:\(server.ports[.frontend] ?? 0)/")
        let writeback = JSONValue.string(deployment.folder.appending(path: "writeback.yaml").path)
        let known: [(String, JSONValue?)] = [("Client.server_urls", [url]), ("Client.writeback_linux", writeback)]
        let client = try #require(deployment.configuration(known + changes)["Client"])
        let agent = try LabAgent(ServerConfiguration(yaml: YAMLEmitter.text(for: ["Client": client])))
        return await agent.enrol()
    }

    @Test("An agent with the server's own values becomes a client, and the same one the next time")
    func enrols() async throws {
        let deployment = try await TestDeployment()
        try await deployment.withServer { server in
            let labels: [(String, JSONValue?)] = [("Client.labels", ["fresh"])]
            #expect(try await enrolment(deployment, server, labels) == nil)
            #expect(try await enrolment(deployment, server, labels) == nil)
            let own = try APIClient(deployment, server, certificate: try deployment.pki.server())
            let rows = try await own.query("SELECT client_id, labels FROM clients()").rows
            #expect(rows.count == 1)
            #expect(rows.first?["labels"] == ["fresh"])
            let file = try String(contentsOf: deployment.folder.appending(path: "writeback.yaml"), encoding: .utf8)
            #expect(file == "client_id: \(rows.first?["client_id"]?.stringValue ?? "")\n")
        }
    }

    @Test("A wrong nonce, authority or name is refused in an agent's words, and makes no client")
    func refused() async throws {
        let deployment = try await TestDeployment()
        try await deployment.withServer { server in
            let nonce = try await enrolment(deployment, server, [("Client.nonce", "b3RoZXI=")])
            let port = server.ports[.frontend] ?? 0
            #expect(nonce == ["Failed to fetch URL https://127.0.0.1:\(port)/reader: 403 Forbidden"])
            let foreign = JSONValue.string(try deployment.pki.foreign.certificate.pem())
            let authority = try await enrolment(deployment, server, [("Client.ca_certificate", foreign)])
            let unknown = "While verifying CN=VelociraptorServer: x509: certificate signed by unknown authority"
            #expect(authority?.first == unknown)
            let name = try await enrolment(deployment, server, [("Client.pinned_server_name", "Other")])
            #expect(name?.first == "Invalid server certificate common name VelociraptorServer!")
            let own = try APIClient(deployment, server, certificate: try deployment.pki.server())
            #expect(try await own.query("SELECT * FROM clients()").rows.isEmpty)
        }
    }
}
