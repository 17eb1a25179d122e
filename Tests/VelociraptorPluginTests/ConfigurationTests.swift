// SPDX-License-Identifier: Apache-2.0

import Certificates
import MegaraptorErrors
import Testing

@testable import VelociraptorPlugin

/// A machine with the files and variables that a test gives it.
private struct Machine {
    var explicitPath: String?
    var variables: [String: String] = ["HOME": "/home/me"]
    var contents: [String: String] = [:]
    var mode: UInt32 = 0o600

    func find(now: Int64 = Authority.now) throws -> APIClientConfiguration {
        let (contents, mode) = (contents, mode)
        let files = ConfigurationFiles(
            read: { path throws(MegaraptorError) in contents[path] },
            permissions: { path in contents[path] == nil ? nil : mode }
        )
        return try ConfigurationSearch(explicitPath: explicitPath, environment: variables, files: files).find(now: now)
    }

    func failure(now: Int64 = Authority.now) -> MegaraptorError? {
        #expect(throws: MegaraptorError.self) { try find(now: now) }
    }
}

/// Certificates that are valid for a day around a fixed moment.
private struct Authority: Sendable {
    static let now: Int64 = 1_795_435_200
    static let validity = Validity(notBefore: now - 86_400, notAfter: now + 86_400 * 30)
    static let shared = Result { try Authority() }

    let authority: CertificateAuthority
    let identity: Identity
    let other: Identity

    init() throws {
        authority = try .selfSigned(DistinguishedName(commonName: "CA"), validity: Self.validity)
        identity = try authority.issueIdentity(.velociraptorUser("mcp", validity: Self.validity))
        let strangers = try CertificateAuthority.selfSigned(
            DistinguishedName(commonName: "Other"),
            validity: Self.validity
        )
        other = try strangers.issueIdentity(.velociraptorUser("mcp", validity: Self.validity))
    }

    func file(
        certificate: String? = nil,
        key: String? = nil,
        address: String = "10.1.2.3:8001",
        _ more: String = ""
    ) throws -> String {
        func block(_ text: String) -> String {
            "|\n" + text.split(separator: "\n").map { "  \($0)\n" }.joined()
        }
        return """
            ca_certificate: \(block(try authority.certificate.pem()))
            client_cert: \(block(try certificate ?? identity.certificate.pem()))
            client_private_key: \(block(try key ?? identity.key.pkcs1PEM()))
            api_connection_string: \(address)
            name: mcp
            \(more)
            """
    }
}

@Suite("Finding the API configuration")
struct ConfigurationSearchTests {
    private let good: String

    init() throws {
        good = try Authority.shared.get().file()
    }

    @Test("the places are searched in order, what is named before what is usual")
    func order() throws {
        var machine = Machine(explicitPath: "/explicit")
        let places: [(variable: String?, path: String)] = [
            (nil, "/explicit"), ("VELOCIRAPTOR_CONFIG_PATH", "/first"), ("VELOCIRAPTOR_API_CONFIG", "/second"),
            ("VELOCIRAPTOR_API_FILE", "/third"), (nil, "./api_client.yaml"),
            (nil, "/home/me/.config/velociraptor/api_client.yaml"), (nil, "/home/me/.pyvelociraptorrc"),
        ]
        for place in places {
            machine.contents[place.path] = good
            if let variable = place.variable { machine.variables[variable] = place.path }
        }
        for place in places {
            #expect(try machine.find().origin == place.path)
            if machine.explicitPath == place.path { machine.explicitPath = nil }
            if let variable = place.variable { machine.variables[variable] = nil }
            machine.contents[place.path] = nil
        }
        let failure = machine.failure()
        #expect(failure?.code == .failedPrecondition)
        #expect(failure?.hint.contains("/home/me/.pyvelociraptorrc") == true)
    }

    @Test("XDG_CONFIG_HOME moves the user's configuration")
    func xdg() throws {
        let path = "/etc/me/velociraptor/api_client.yaml"
        let machine = Machine(variables: ["XDG_CONFIG_HOME": "/etc/me"], contents: [path: good])
        #expect(try machine.find().origin == path)
    }

    @Test("a file that was named but does not exist is an error, not a reason to search on")
    func missing() {
        let machine = Machine(
            variables: ["VELOCIRAPTOR_API_CONFIG": "/gone.yaml"],
            contents: ["./api_client.yaml": good]
        )
        let failure = machine.failure()
        #expect(failure?.code == .notFound)
        #expect(
            failure?.message == "The API configuration /gone.yaml, named by VELOCIRAPTOR_API_CONFIG, does not exist."
        )
    }

    @Test("four variables describe the API, each PEM text or a path")
    func variables() throws {
        let authority = try Authority.shared.get()
        var machine = Machine(
            variables: [
                "VELOCIRAPTOR_API_URL": "https://velociraptor.example.org:8001/",
                "VELOCIRAPTOR_CLIENT_CERT": try authority.identity.certificate.pem(),
                "VELOCIRAPTOR_CLIENT_KEY": "/key.pem",
                "VELOCIRAPTOR_CA_CERT": "/ca.pem",
            ],
            contents: [
                "/key.pem": try authority.identity.key.pkcs8PEM(),
                "/ca.pem": try authority.authority.certificate.pem(),
            ]
        )
        let configuration = try machine.find()
        #expect(configuration.target == "velociraptor.example.org:8001")
        #expect(configuration.certificates == CertificateFacts(authorityIssuedClient: true, user: "mcp"))
        machine.contents["/ca.pem"] = nil
        #expect(machine.failure()?.message.hasPrefix("VELOCIRAPTOR_CA_CERT is neither PEM text nor") == true)
        machine.variables["VELOCIRAPTOR_CA_CERT"] = nil
        #expect(machine.failure()?.message.contains("VELOCIRAPTOR_CA_CERT is not set") == true)
    }

    @Test("a key that others may read is a warning")
    func permissions() throws {
        var machine = Machine(contents: ["./api_client.yaml": good])
        #expect(try machine.find().warnings.isEmpty)
        machine.mode = 0o644
        #expect(try machine.find().warnings.first?.contains("chmod 600 ./api_client.yaml") == true)
    }
}

@Suite("What an API configuration says")
struct ConfigurationContentTests {
    @Test("defaults and settings")
    func settings() throws {
        let plain = try find(Authority.shared.get().file())
        #expect(plain.target == "10.1.2.3:8001")
        #expect(plain.serverName == "VelociraptorServer")
        #expect(plain.maxReceiveBytes == 64 << 20)
        let set = try find(
            Authority.shared.get().file("pinned_server_name: Other\nmax_grpc_recv_size: 1048576")
        )
        #expect(set.serverName == "Other")
        #expect(set.maxReceiveBytes == 1 << 20)
    }

    @Test("printing a configuration does not show its key")
    func secrecy() throws {
        let configuration = try find(Authority.shared.get().file())
        var dumped = ""
        dump(configuration, to: &dumped)
        #expect(!dumped.contains("PRIVATE KEY") && !"\(configuration)".contains("PRIVATE KEY"))
    }

    @Test(
        "an address is host and port",
        arguments: ["localhost", "localhost:", "localhost:0", ":8001", "http://x/y:1", "::1:8001", "host:99999"]
    )
    func badAddress(address: String) throws {
        let failure = try failure(Authority.shared.get().file(address: "\"\(address)\""))
        #expect(failure?.code == .invalidArgument)
        #expect(failure?.message.contains("host:port") == true)
    }

    @Test("an expired certificate is told with its date, and so is one that is not valid yet")
    func dates() throws {
        let file = try Authority.shared.get().file()
        let late = Machine(contents: ["./api_client.yaml": file]).failure(now: Authority.validity.notAfter + 1)
        #expect(late?.code == .unauthenticated)
        #expect(late?.message == "The client_cert in ./api_client.yaml expired on 2026-12-23T12:00:00Z.")
        let early = Machine(contents: ["./api_client.yaml": file]).failure(now: Authority.validity.notBefore - 1)
        #expect(early?.message.contains("is not valid before 2026-11-22T12:00:00Z") == true)
        #expect(early?.hint.contains("clock") == true)
    }

    @Test("a certificate that ends soon is a warning")
    func endsSoon() throws {
        let machine = Machine(contents: ["./api_client.yaml": try Authority.shared.get().file()])
        let warnings = try machine.find(now: Authority.validity.notAfter - 86_400).warnings
        #expect(warnings.first?.contains("expires on 2026-12-23T12:00:00Z") == true)
    }

    @Test("a key of another certificate is told")
    func mismatch() throws {
        let authority = try Authority.shared.get()
        let failure = try failure(authority.file(key: authority.other.key.pkcs1PEM()))
        #expect(failure?.message.contains("does not belong to the client_cert") == true)
    }

    @Test("a certificate of another authority is remembered, for explaining what will fail")
    func otherAuthority() throws {
        let authority = try Authority.shared.get()
        let configuration = try find(
            authority.file(certificate: authority.other.certificate.pem(), key: authority.other.key.pkcs1PEM())
        )
        #expect(configuration.certificates.authorityIssuedClient == false)
    }

    @Test(
        "an encrypted key is refused with a way out",
        arguments: [
            "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----",
            "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES\n\nAAAA\n-----END RSA PRIVATE KEY-----",
        ]
    )
    func encrypted(key: String) throws {
        let failure = try failure(Authority.shared.get().file(key: key))
        #expect(failure?.code == .failedPrecondition)
        #expect(failure?.message.contains("is encrypted with a password") == true)
        #expect(failure?.hint.contains("openssl pkey") == true)
    }

    @Test("texts that are no PEM are told by name")
    func noPEM() throws {
        let authority = try Authority.shared.get()
        #expect(try failure(authority.file(certificate: "nothing"))?.message.contains("client_cert") == true)
        #expect(try failure(authority.file(key: "nothing"))?.message.contains("client_private_key") == true)
    }

    @Test("YAML that is none, that lacks a member, or that is another file, is told with its place")
    func badYAML() {
        #expect(failure("a: [")?.message.hasPrefix("./api_client.yaml:") == true)
        #expect(failure("name: x")?.message.contains("api_connection_string is missing") == true)
        #expect(failure("Frontend:\n  port: 1")?.message.contains("of a server or a client, not of its API") == true)
        #expect(failure("")?.code == .invalidArgument)
    }

    private func find(_ text: String) throws -> APIClientConfiguration {
        try Machine(contents: ["./api_client.yaml": text]).find()
    }

    private func failure(_ text: String) -> MegaraptorError? {
        Machine(contents: ["./api_client.yaml": text]).failure()
    }
}
