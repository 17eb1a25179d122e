// SPDX-License-Identifier: Apache-2.0

import Certificates
import DeploymentKit
import JSONValue
import Testing

/// What kept the servers of megaraptor-mcp's deployers from starting or from being reached, each shown to be right here.
@Suite("Faults of the original's configurations")
struct OriginalFaultTests {
    private func server() async throws -> JSONValue { try TestServer.read(try await TestServer.make().text()) }

    @Test("Certificates lie in their sections, as PEM and not as paths or at the top level")
    func places() async throws {
        let json = try await server()
        for name in ["ca_certificate", "frontend_certificate", "frontend_private_key"] { #expect(json[name] == nil) }
        #expect(json["GUI"]?["bind_scheme"] == nil)
        for (section, key) in [("Client", "ca_certificate"), ("Frontend", "certificate"), ("Frontend", "private_key")] {
            #expect(json[section]?[key]?.stringValue?.hasPrefix("-----BEGIN ") == true)
        }
    }

    @Test("There is a gateway certificate and its key")
    func gateway() async throws {
        let gui = try #require(try await server()["GUI"])
        let certificate = try Certificate(pem: try #require(gui["gw_certificate"]?.stringValue))
        let key = try PrivateKey(pem: try #require(gui["gw_private_key"]?.stringValue))
        #expect(try certificate.matches(key))
        #expect(certificate.purposes?.contains(.server) == true)
    }

    @Test("Address and port are two keys, every port is its own, and the API speaks tcp")
    func ports() async throws {
        let json = try await server()
        var ports: Set<JSONValue> = []
        for section in ["Frontend", "GUI", "API", "Monitoring"] {
            let address = try #require(json[section]?["bind_address"]?.stringValue)
            #expect(!address.contains(":"))
            ports.insert(try #require(json[section]?["bind_port"]))
        }
        #expect(ports == [8000, 8889, 8001, 8003])
        #expect(json["API"]?["bind_scheme"] == "tcp")
    }

    @Test("The frontend's key is PKCS#1 and its certificate's name is the one that agents want")
    func frontend() async throws {
        let frontend = try #require(try await server()["Frontend"])
        #expect(frontend["private_key"]?.stringValue?.hasPrefix("-----BEGIN RSA PRIVATE KEY-----\n") == true)
        let certificate = try Certificate(pem: try #require(frontend["certificate"]?.stringValue))
        #expect(certificate.commonName == "VelociraptorServer" && certificate.dnsNames.contains("VelociraptorServer"))
    }

    @Test("An API client's certificate is for servers too")
    func apiClient() async throws {
        #expect(try await TestPKI.pki.apiClients[0].certificate.purposes == [.server, .client])
    }

    @Test("The GUI's address ends as it must, logins are Basic, and the password is the one that was told")
    func login() async throws {
        let gui = try #require(try await server()["GUI"])
        #expect(gui["public_url"]?.stringValue?.hasSuffix("/app/index.html") == true)
        #expect(gui["authenticator"] == ["type": "Basic"])
        let users = try #require(gui["initial_users"]?.arrayValue)
        let hash = try PasswordHash(
            salt: try #require(users[0]["password_salt"]?.stringValue),
            hash: try #require(users[0]["password_hash"]?.stringValue)
        )
        #expect(try hash.matches("correct horse"))
        #expect(users[1] == ["name": "mcp"])
    }

    @Test("Both places of the datastore are named")
    func datastore() async throws {
        let datastore = try #require(try await server()["Datastore"])
        #expect(
            datastore["location"] == "/var/lib/velociraptor"
                && datastore["filestore_directory"] == datastore["location"]
        )
    }

    @Test("Agents get the server's nonce, and a URL with a slash at its end")
    func agents() async throws {
        let configuration = try await TestServer.make()
        let client = try TestServer.read(configuration.client.text())["Client"]
        let server = try await server()["Client"]
        #expect(client?["nonce"] == server?["nonce"] && client?["nonce"]?.stringValue?.isEmpty == false)
        #expect(client?["server_urls"] == ["https://velo.example.org:8000/"])
    }

    @Test("Writebacks and the debug log are set where and as the server reads them")
    func sections() async throws {
        let json = try await server()
        #expect(json["Logging"]?["debug"] == ["disabled": true])
        let client = try TestServer.read(try await TestServer.make().client.text())
        #expect(client.objectValue?.keys == ["version", "Client"])
        #expect(client["Client"]?["writeback_linux"] == "/etc/velociraptor.writeback.yaml")
    }
}
