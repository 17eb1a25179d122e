// SPDX-License-Identifier: Apache-2.0

import Certificates
import DeployerKit
import DeployerTestbed
import Foundation
import JSONValue
import MegaraptorErrors
import Testing

@testable import DockerDeployerPlugin

@Suite("An engine of another machine, by TLS", .timeLimit(.minutes(5)))
struct TLSTests {
    @Test("create, status, logs, destroy with the right certificates")
    func life() async throws {
        try await Bench.with { bench, request in
            try await TLSProxy.with(socket: bench.engine.socket) { proxy in
                let request = request.reached(by: [
                    "engine": .string("tcp://127.0.0.1:\(try proxy.port())"),
                    "tls_folder": .string(try proxy.clientFolder().path),
                ])
                let usable = try await bench.ask(Usability.self, "usable", request)
                #expect(usable.usable, "\(usable.reasons)")
                try await bench.run(.create, request)
                let status = try await bench.status(request)
                #expect(status.condition == .running, "\(status)")
                #expect(status.drift == [])
                let logs = try await bench.ask(DeploymentLogs.self, "logs", request, ["lines": 1])
                #expect(logs.lines.first?.contains("Frontend is ready") == true)
                try await bench.destroy(request, data: true)
                #expect(try await bench.left() == [])
                #expect(try await bench.status(request).condition == .missing)
            }
        }
    }

    enum Refusal: CaseIterable {
        case otherAuthority
        case otherName
        case strangeClient
        case noClientCertificate
        case otherKey
        case noTLS
        case hangsUp

        var proxy: TLSProxy.Kind {
            switch self {
            case .noTLS: .plain
            case .hangsUp: .hangsUp
            default: .tls
            }
        }
    }

    /// What the deployer is given.
    private func options(_ refusal: Refusal, _ proxy: TLSProxy) throws -> JSONObject {
        let other = try CertificateAuthority.selfSigned(DistinguishedName(commonName: "Other CA"))
        let folder = try proxy.clientFolder(
            authority: refusal == .otherAuthority ? other : nil,
            signedBy: refusal == .strangeClient ? other : nil
        )
        if refusal == .noClientCertificate {
            try FileManager.default.removeItem(at: folder.appending(path: "cert.pem"))
        }
        if refusal == .otherKey {
            let key = try other.issueIdentity(CertificateRequest(subject: DistinguishedName(commonName: "x"))).key
            try key.pkcs8PEM().write(to: folder.appending(path: "key.pem"), atomically: true, encoding: .utf8)
        }
        let host = refusal == .otherName ? "localhost" : "127.0.0.1"
        return ["engine": .string("tcp://\(host):\(try proxy.port())"), "tls_folder": .string(folder.path)]
    }

    private func expected(_ refusal: Refusal) -> (code: MegaraptorError.Code, hint: String) {
        switch refusal {
        case .otherAuthority, .otherName: (.unauthenticated, "not signed by the given CA or is for another name")
        case .strangeClient: (.unauthenticated, "may want a client certificate, or not trust the one it got")
        case .noClientCertificate: (.notFound, "cert.pem and key.pem")
        case .otherKey: (.invalidArgument, "belong together")
        case .noTLS: (.unavailable, "speaks TLS")
        case .hangsUp: (.unavailable, "whether it trusts the client's certificate")
        }
    }

    @Test("who is not trusted, on either side, gets nowhere, with what to do about it", arguments: Refusal.allCases)
    func refusals(refusal: Refusal) async throws {
        let engine = try await PodmanEngine.shared.value
        try await TLSProxy.with(socket: engine.socket, kind: refusal.proxy) { proxy in
            let options = try DockerOptions(.object(try options(refusal, proxy)))
            let error = await #expect(throws: MegaraptorError.self) { try await Engine.with(options) { _ in } }
            let expected = expected(refusal)
            #expect(error?.code == expected.code, "\(String(describing: error))")
            #expect(error?.hint.contains(expected.hint) == true, "\(String(describing: error))")
            #expect(proxy.hasForwarded == (refusal == .noTLS), "without TLS the greeting alone is passed on")
        }
    }

    @Test("without certificates nothing is said over tcp, not even to an engine that would answer")
    func noCertificates() async throws {
        try #require(EngineAddress.environment("DOCKER_CERT_PATH") == nil)
        let engine = try await PodmanEngine.shared.value
        try await TLSProxy.with(socket: engine.socket, kind: .plain) { proxy in
            let options = try DockerOptions(["engine": .string("tcp://127.0.0.1:\(try proxy.port())")])
            let error = await #expect(throws: MegaraptorError.self) { try await Engine.with(options) { _ in } }
            #expect(error?.code == .failedPrecondition)
            #expect(error?.message.contains("only used with TLS") == true)
            #expect(!proxy.hasForwarded)
        }
    }
}
