// SPDX-License-Identifier: Apache-2.0

import Certificates
import DeployerKit
import DeploymentKit
import JSONValue
import MegaraptorErrors
import Testing

@Suite("The server's configuration")
struct ServerConfigurationTests {
    @Test("It is written as agreed")
    func golden() async throws {
        try TestServer.compare(TestServer.withoutPEM(try await TestServer.make().text()), with: "server.golden.yaml")
    }

    private static let variants: [@Sendable (inout ServerConfiguration) throws -> Void] = [
        { _ in },
        {
            $0.version = nil
            $0.profile = .minimal
            $0.clientLabels = []
            $0.initialUsers = []
            $0.layout.runAsUser = nil
        },
        {
            $0.serving = .files(certificate: "/etc/ssl/velo.pem", key: "/etc/ssl/velo.key")
            $0.hostname = try HostName("2001:db8::7")
            $0.authorityKey = try PrivateKey.generateRSA()
        },
        {
            $0.serving = .acme(cache: "/var/lib/velociraptor/acme")
            ($0.frontendPort, $0.guiPort) = (443, 443)
            ($0.layout.frontend, $0.layout.gui) = (
                .init(address: "0.0.0.0", port: 443), .init(address: "0.0.0.0", port: 443)
            )
        },
    ]

    @Test("No key and no type is other than what the server knows", arguments: variants.indices)
    func keys(variant: Int) async throws {
        let configuration = try await TestServer.make(Self.variants[variant])
        let keys = try KnownKeys()
        for format in ConfigurationFormat.allCases {
            let server = try TestServer.read(configuration.text(format))
            #expect(keys.faults(in: server) == [])
            #expect(server == (try configuration.json()))
            #expect(keys.faults(in: try TestServer.read(configuration.client.text(format))) == [])
        }
    }

    @Test("The check of keys finds what the server refuses")
    func keyCheck() throws {
        let faults = try KnownKeys().faults(in: ["GUI": ["bind_scheme": "https"], "Logging": ["debug": false]])
        #expect(faults == ["field GUI.bind_scheme not found", "Logging.debug is boolean, not object"])
    }

    @Test("The keys and certificates in it are those of the deployment, which the openssl program finds whole")
    func pem() async throws {
        let configuration = try await TestServer.make()
        let json = try TestServer.read(configuration.text())
        let places = [
            ("Client", "ca_certificate"), ("Frontend", "certificate"), ("Frontend", "private_key"),
            ("GUI", "gw_certificate"), ("GUI", "gw_private_key"),
        ]
        try await ScratchFolder.with { scratch in
            for (section, key) in places {
                let text = try #require(json[section]?[key]?.stringValue)
                try scratch.write(text, to: "\(section).\(key)")
                let isKey = key.hasSuffix("private_key")
                #expect(text.hasPrefix(isKey ? "-----BEGIN RSA PRIVATE KEY-----\n" : "-----BEGIN CERTIFICATE-----\n"))
                let arguments = isKey ? ["rsa", "-check"] : ["x509"]
                let outcome = try scratch.run(["openssl"] + arguments + ["-noout", "-in", "\(section).\(key)"])
                #expect(outcome.status == 0, "\(outcome.output)")
            }
            for name in ["Frontend.certificate", "GUI.gw_certificate"] {
                let outcome = try scratch.run(["openssl", "verify", "-CAfile", "Client.ca_certificate", name])
                #expect(outcome.output == "\(name): OK\n")
            }
        }
        #expect(json["CA"] == nil)
    }

    @Test("The authority's key is in it only where that was asked for")
    func authorityKey() async throws {
        let key = try await TestPKI.signed.authority.key
        let json = try await TestServer.make { $0.authorityKey = key }.json()
        #expect(json["CA"]?["private_key"] == .string(try key.pkcs1PEM()))
    }

    @Test("The profile decides on clients, logs, metrics and pinning")
    func profile() async throws {
        let rapid = try await TestServer.make { $0.profile = .rapid }.json()
        #expect(rapid["Frontend"]?["resources"]?["expected_clients"] == 500)
        #expect(rapid["Logging"]?["info"]?["max_age"] == 604_800 && rapid["Logging"]?["error"]?["max_age"] == 604_800)
        #expect(rapid["Monitoring"] == ["bind_address": "127.0.0.1", "bind_port": 8003])
        #expect(rapid["Client"]?["use_self_signed_ssl"] == true)
        let minimal = try await TestServer.make { $0.profile = .minimal }.json()
        #expect(minimal["Monitoring"] == nil)
    }

    @Test("With a public certificate agents look at public authorities too")
    func publicCertificate() async throws {
        let own = try await TestServer.make { $0.serving = .files(certificate: "/a.pem", key: "/a.key") }.json()
        #expect(own["Client"]?["use_self_signed_ssl"] == false)
        #expect(own["Frontend"]?["tls_certificate_filename"] == "/a.pem")
        #expect(own["Frontend"]?["tls_private_key_filename"] == "/a.key")
        // What agents and the API know stays the deployment's own.
        #expect(own["Frontend"]?["certificate"]?.stringValue?.hasPrefix("-----BEGIN CERTIFICATE-----") == true)
        let acme = try await TestServer.make(Self.variants[3]).json()
        #expect(acme["autocert_cert_cache"] == "/var/lib/velociraptor/acme")
        #expect(acme["Client"]?["server_urls"] == ["https://velo.example.org/"])
        #expect(acme["GUI"]?["public_url"] == "https://velo.example.org/app/index.html")
    }

    @Test("An IPv6 address stands in brackets where a port follows")
    func ipv6() async throws {
        let json = try await TestServer.make { $0.hostname = try HostName("2001:DB8::7") }.json()
        #expect(json["Client"]?["server_urls"] == ["https://[2001:db8::7]:8000/"])
        #expect(json["GUI"]?["public_url"] == "https://[2001:db8::7]:8889/app/index.html")
        #expect(json["Frontend"]?["hostname"] == "2001:db8::7")
    }

    @Test("The configuration does not show its secrets")
    func secrecy() async throws {
        let configuration = try await TestServer.make()
        var dumped = ""
        dump(configuration, to: &dumped)
        #expect(!dumped.contains(configuration.nonces.client) && !dumped.contains(configuration.nonces.obfuscation))
        let secret = try configuration.pki.frontend.key.pkcs1PEM().split(separator: "\n")[1]
        #expect(!dumped.contains(secret))
    }
}
