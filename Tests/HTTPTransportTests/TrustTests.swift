// SPDX-License-Identifier: Apache-2.0

import Certificates
import HTTPTransport
import JSONValue
import MegaraptorErrors
import Testing

@Suite("TLS: who is trusted, under which name", .timeLimit(.minutes(2)))
struct TrustTests {
    private static let authority = Result {
        try CertificateAuthority.selfSigned(DistinguishedName(commonName: "Test CA"))
    }
    private static let other = Result { try CertificateAuthority.selfSigned(DistinguishedName(commonName: "Other CA")) }

    private func identity(_ name: String, by authority: CertificateAuthority) throws -> Identity {
        try authority.issueIdentity(
            CertificateRequest(subject: DistinguishedName(commonName: name), dnsNames: [name])
        )
    }

    private func trust(_ authority: CertificateAuthority) throws -> HTTPTrust {
        HTTPTrust(.pem(Array(try authority.certificate.pem().utf8)))
    }

    private func withServer(
        clients: Certificate? = nil,
        _ body: (PythonServer, CertificateAuthority) async throws -> Void
    ) async throws {
        let authority = try Self.authority.get()
        let server = try identity("VelociraptorServer", by: authority)
        let kind: PythonServer.Kind = clients == nil ? .tls : .tlsForKnownClients
        try await PythonServer.with(kind, identity: server, clients: clients) { try await body($0, authority) }
    }

    @Test("a server is reached at another address than its name")
    func otherAddress() async throws {
        try await withServer { server, authority in
            let client = HTTPClient(
                address: HTTPAddress(host: "127.0.0.1", port: server.port),
                trust: try trust(authority)
            )
            let response = try await client.send(HTTPRequest("GET", "https://VelociraptorServer:8000/hello"))
            #expect(response.text == "hello")
        }
    }

    @Test("another name is refused")
    func otherName() async throws {
        try await withServer { server, authority in
            let client = HTTPClient(
                address: HTTPAddress(host: "127.0.0.1", port: server.port),
                trust: try trust(authority)
            )
            let error = await #expect(throws: MegaraptorError.self) {
                try await client.send(HTTPRequest("GET", "https://another.example:8000/hello"))
            }
            #expect(error?.code == .unauthenticated)
            #expect(error?.details["sent"] == false)
        }
    }

    @Test("neither another authority nor those of the system make up for the right one")
    func otherAuthority() async throws {
        try await withServer { server, _ in
            for trust in [try trust(try Self.other.get()), HTTPTrust(.system)] {
                let client = HTTPClient(address: HTTPAddress(host: "127.0.0.1", port: server.port), trust: trust)
                let error = await #expect(throws: MegaraptorError.self) {
                    try await client.send(HTTPRequest("GET", "https://VelociraptorServer/hello"))
                }
                #expect(error?.code == .unauthenticated)
                #expect(error?.hint.isEmpty == false)
            }
        }
    }

    @Test("only who says so in so many words checks nobody")
    func unchecked() async throws {
        try await withServer { server, _ in
            let client = HTTPClient(trust: HTTPTrust(.nobodyIsChecked))
            let response = try await client.send(HTTPRequest("GET", "\(server.url)/hello"))
            #expect(response.text == "hello")
        }
    }

    @Test("a client shows its certificate, and is refused without one")
    func clientCertificate() async throws {
        let authority = try Self.authority.get()
        try await withServer(clients: authority.certificate) { server, authority in
            let address = HTTPAddress(host: "127.0.0.1", port: server.port)
            let request = HTTPRequest("GET", "https://VelociraptorServer/hello")
            var trust = try trust(authority)
            let error = await #expect(throws: MegaraptorError.self) {
                try await HTTPClient(address: address, trust: trust).send(request)
            }
            // The server closes at once; whether its reason is read before that is a matter of chance.
            #expect(error?.code == .unauthenticated || error?.code == .unavailable)
            let client = try identity("client", by: authority)
            trust.certificate = Array(try client.certificate.pem().utf8)
            trust.key = Array(try client.key.pkcs1PEM().utf8)
            #expect(try await HTTPClient(address: address, trust: trust).send(request).text == "hello")
            #expect(!String(reflecting: HTTPClient(trust: trust)).contains("\(trust.key?.first ?? 0), "))
        }
    }

    @Test("a server without TLS, and a PEM that is none, are told apart from missing trust")
    func noTLS() async throws {
        try await PythonServer.with { server in
            let plain = await #expect(throws: MegaraptorError.self) {
                try await HTTPClient().send(HTTPRequest("GET", "https://127.0.0.1:\(server.port)/hello"))
            }
            #expect(plain?.code == .unavailable)
        }
        try await withServer { server, _ in
            let client = HTTPClient(trust: HTTPTrust(.pem(Array("no certificate".utf8))))
            let error = await #expect(throws: MegaraptorError.self) {
                try await client.send(HTTPRequest("GET", "\(server.url)/hello"))
            }
            #expect(error?.code == .invalidArgument)
        }
    }
}
