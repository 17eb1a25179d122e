// SPDX-License-Identifier: Apache-2.0

import Certificates
import GRPCTransport
import JSONValue
import MegaraptorErrors
import Synchronization
import VelociraptorAPI

@testable import VelociraptorPlugin

/// A server whose answers a test writes itself.
struct ScriptedServer {
    /// What the server does with one query. `number` counts the queries from 0.
    typealias Script = @Sendable (_ query: Query, _ number: Int) async throws -> GRPCStatus

    /// One query as the server sees it.
    struct Query: Sendable {
        let arguments: Proto_VQLCollectorArgs
        let call: ServerCall

        func log(_ line: String) async throws {
            var response = Proto_VQLResponse()
            response.log = line + "\n"
            response.timestamp = ScriptedServer.time
            try await call.send(APIMessage.bytes(of: response))
        }

        func rows(_ json: String, columns: [String] = [], statement: UInt64 = 0) async throws {
            var response = Proto_VQLResponse()
            response.response = json
            response.columns = columns
            response.queryID = statement
            response.timestamp = ScriptedServer.time
            try await call.send(APIMessage.bytes(of: response))
        }
    }

    /// The server's clock: 2026-11-23T12:00:00Z, in microseconds.
    static let time: UInt64 = 1_795_435_200_000_000

    let identities: TestIdentities
    let server: GRPCServer
    let port: Int
    private let log: RequestLog

    init(_ script: @escaping Script) throws {
        identities = try TestIdentities.shared.get()
        let log = RequestLog()
        self.log = log
        server = GRPCServer(
            GRPCServerConfiguration(
                certificate: try identities.server.certificate.pem(),
                privateKey: try identities.server.key.pkcs8PEM(),
                clientRoots: try identities.authority.certificate.pem()
            )
        ) { call in
            do {
                let arguments: Proto_VQLCollectorArgs = try APIMessage.read(call.request)
                let number = log.add(arguments)
                await call.finish(try await script(Query(arguments: arguments, call: call), number))
            } catch {
                await call.finish(GRPCStatus(.internal, "\(error)"))
            }
        }
        port = try server.start()
    }

    /// The queries that arrived so far.
    var requests: [Proto_VQLCollectorArgs] { log.all }

    /// A good configuration for this server.
    func configuration() throws -> APIClientConfiguration {
        APIClientConfiguration(
            origin: "api_client.yaml",
            target: "127.0.0.1:\(port)",
            serverName: TestIdentities.serverName,
            maxReceiveBytes: APIClientConfiguration.defaultMaxReceiveBytes,
            authority: try identities.authority.certificate.pem(),
            certificate: try identities.client.certificate.pem(),
            privateKey: identities.client.key,
            certificates: CertificateFacts(authorityIssuedClient: true, user: "analyst"),
            warnings: []
        )
    }

    /// A client that does not rest between attempts.
    func client(_ change: (inout APIClientConfiguration) throws -> Void = { _ in }) throws -> VelociraptorClient {
        var configuration = try configuration()
        try change(&configuration)
        let loaded = configuration
        return VelociraptorClient(retry: RetryPolicy(sleep: { _ in })) { () throws(MegaraptorError) in loaded }
    }

    /// Runs `body` against a scripted server and stops the server whatever comes of it.
    static func with<Result>(
        _ script: @escaping Script,
        _ body: (ScriptedServer) async throws -> Result
    ) async throws -> Result {
        let scripted = try ScriptedServer(script)
        do {
            let result = try await body(scripted)
            await scripted.server.stop(.abrupt)
            return result
        } catch {
            await scripted.server.stop(.abrupt)
            throw error
        }
    }
}

private final class RequestLog: Sendable {
    private let requests = Mutex<[Proto_VQLCollectorArgs]>([])

    func add(_ arguments: Proto_VQLCollectorArgs) -> Int {
        requests.withLock { requests in
            requests.append(arguments)
            return requests.count - 1
        }
    }

    var all: [Proto_VQLCollectorArgs] { requests.withLock { $0 } }
}

/// Values that are given out one after the other; the last one stays.
final class Answers<Value: Sendable>: Sendable {
    private let values: Mutex<[Value]>

    init(_ values: [Value]) {
        self.values = Mutex(values)
    }

    func next() -> Value {
        values.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }
    }
}
