// SPDX-License-Identifier: Apache-2.0

import GRPCTransport
import MegaraptorErrors
import Synchronization
import Testing

@testable import VelociraptorPlugin

@Suite("Asking again", .timeLimit(.minutes(1)))
struct RetryTests {
    private static let away = GRPCStatus(.unavailable, "the server is going away")

    /// With time enough for the busiest machine.
    private static func query(_ effect: VQLQuery.Effect) -> VQLQuery {
        VQLQuery("SELECT 1 AS a FROM scope()", effect: effect, timeout: .seconds(300))
    }

    @Test("a read is asked again while the server is away, and then answered")
    func readIsRepeated() async throws {
        try await ScriptedServer.with { query, number in
            guard number >= 2 else { return Self.away }
            try await query.rows("[{\"a\":1}]", columns: ["a"])
            return .ok
        } _: { server in
            let result = try await server.client().run(Self.query(.reads))
            #expect(result.rowCount == 1)
            #expect(server.requests.count == 3)
        }
    }

    @Test("a read is given up after its last attempt")
    func readIsGivenUp() async throws {
        try await ScriptedServer.with { _, _ in
            Self.away
        } _: { server in
            let thrown = await #expect(throws: MegaraptorError.self) {
                try await server.client().run(Self.query(.reads))
            }
            #expect(thrown?.code == .unavailable)
            #expect(server.requests.count == 4)
        }
    }

    @Test("a query that may change something is sent once, and the error says that it may have run")
    func changeIsNeverRepeated() async throws {
        try await ScriptedServer.with { _, _ in
            Self.away
        } _: { server in
            let thrown = await #expect(throws: MegaraptorError.self) {
                try await server.client().run(Self.query(.mayChange))
            }
            #expect(thrown?.code == .unavailable)
            #expect(thrown?.retryable == false)
            #expect(thrown?.hint.contains("may have begun to run") == true)
            #expect(server.requests.count == 1)
        }
    }

    @Test("a read that has given rows is not asked again: its rows would come twice")
    func notAfterRows() async throws {
        try await ScriptedServer.with { query, _ in
            try await query.rows("[{\"a\":1}]", columns: ["a"])
            return Self.away
        } _: { server in
            let result = try await server.client().run(Self.query(.reads))
            #expect(result.rowCount == 1)
            #expect(result.failures.map(\.code) == [.unavailable])
            #expect(server.requests.count == 1)
        }
    }

    @Test("a refusal is not asked again")
    func refusal() async throws {
        try await ScriptedServer.with { _, _ in
            GRPCStatus(.permissionDenied, "requires permission ANY_QUERY")
        } _: { server in
            await #expect(throws: MegaraptorError.self) {
                try await server.client().run(Self.query(.reads))
            }
            #expect(server.requests.count == 1)
        }
    }

    @Test("pauses grow, and half of each is left to chance")
    func pauses() throws {
        let policy = RetryPolicy(pauses: [.milliseconds(100), .milliseconds(400)])
        for _ in 0..<100 {
            let first = try #require(policy.pause(after: 1))
            let second = try #require(policy.pause(after: 2))
            #expect((Duration.milliseconds(50)...Duration.milliseconds(100)).contains(first))
            #expect((Duration.milliseconds(200)...Duration.milliseconds(400)).contains(second))
        }
        #expect(policy.pause(after: 3) == nil)
    }

    @Test("a client finds the server again after a restart, without being made anew")
    func restart() async throws {
        let scripted = try ScriptedServer { query, _ in
            try await query.rows("[{\"a\":1}]", columns: ["a"])
            return .ok
        }
        let client = try scripted.client()
        let query = Self.query(.mayChange)
        #expect(try await client.run(query).rowCount == 1)
        await scripted.server.stop(.abrupt)
        let thrown = await #expect(throws: MegaraptorError.self) { try await client.run(query) }
        #expect(thrown?.code == .unavailable)
        try scripted.server.start(port: scripted.port)
        #expect(try await client.run(query).rowCount == 1)
        await scripted.server.stop(.abrupt)
    }
}
