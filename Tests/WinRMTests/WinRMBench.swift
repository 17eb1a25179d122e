// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTransport
import MegaraptorErrors
import Negotiation
import WinRMTestbed

@testable import WinRM

/// A client and an endpoint for it.
struct WinRMBench: Sendable {
    let endpoint: WinRMEndpoint

    static let credentials = HTTPBasicCredentials(user: WinRMEndpoint.user, password: WinRMEndpoint.password)

    static func with(
        auth: String = "negotiate",
        patience: Double = 20,
        broken: String = "",
        _ body: (WinRMBench) async throws -> Void
    ) async throws {
        let endpoint = try await WinRMEndpoint(auth: auth, patience: patience, broken: broken)
        defer { endpoint.end() }
        try await body(WinRMBench(endpoint: endpoint))
    }

    func connection(
        _ login: WinRMLogin = .negotiate(.ntlm, credentials),
        host: String = "127.0.0.1",
        trustsIt: Bool = true
    ) throws -> WinRMConnection {
        let pem = try String(contentsOfFile: endpoint.certificate, encoding: .utf8)
        return WinRMConnection(
            host: host,
            port: endpoint.port,
            login: login,
            trust: trustsIt ? HTTPTrust(.pem(Array(pem.utf8))) : HTTPTrust(),
            address: HTTPAddress(host: "127.0.0.1", port: endpoint.port)
        )
    }

    func run(
        _ command: String,
        input: [UInt8] = [],
        _ login: WinRMLogin = .negotiate(.ntlm, credentials)
    ) async throws -> WinRMResult {
        try await WinRMShell.with(try connection(login)) { shell throws(MegaraptorError) in
            try await shell.run(command, input: input)
        }
    }

    func failure(_ body: () async throws -> Void) async -> MegaraptorError? {
        do {
            try await body()
            return nil
        } catch {
            return error as? MegaraptorError
        }
    }
}
