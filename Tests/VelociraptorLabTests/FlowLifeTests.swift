// SPDX-License-Identifier: Apache-2.0

import Synchronization
import Testing

@testable import VelociraptorLab

@Suite("A flow's life, moment by moment")
struct FlowLifeTests {
    /// A clock that stands still until it is told to go on.
    private final class Clock: Sendable {
        private let milliseconds = Mutex<Int64>(1_790_000_000_000)

        var now: Instant { Instant(microseconds: milliseconds.withLock { $0 } * 1000) }
        func advance(_ span: Int64) { milliseconds.withLock { $0 += span } }
    }

    /// A collection on an online client that takes 200 ms.
    private func collect(_ clock: Clock) throws -> (server: LabServer, client: String, flow: String) {
        let server = LabServer(
            LabServer.Options(
                fleet: .office(clients: 12),
                collectionTime: .milliseconds(200),
                now: { clock.now }
            )
        )
        let client = server.withState { state, _ in
            state.clients.values.first { $0.endpoint?.hostname == "web-01" }?.id
        }
        let id = try #require(client)
        let request = CollectionRequest(creator: "mcp", clientID: id, artifacts: ["Linux.Sys.Users"])
        return (server, id, try server.collect(request).flowID)
    }

    @Test("It is queued without a start time, waits, is in progress, and then finished")
    func life() throws {
        let clock = Clock()
        let (server, client, id) = try collect(clock)
        func flow() throws -> Flow { try #require(server.flow(id, of: client)) }

        var states: [Flow.State] = []
        for _ in 0..<4 {
            let flow = try flow()
            let state = flow.state(at: clock.now)
            states.append(state)
            switch state {
            case .running, .waiting:
                #expect(flow.logs(at: clock.now).isEmpty && flow.duration(at: clock.now) == 0)
            case .inProgress:
                #expect(flow.logs(at: clock.now).count == 1 && flow.rowCount == 0)
            case .finished, .error:
                #expect(flow.rowCount == 5 && flow.duration(at: clock.now) == 100_000_000)
            }
            clock.advance(70)
        }
        #expect(states == [.running, .waiting, .inProgress, .finished])
    }

    @Test("A flow that is cancelled in progress keeps the time it ran, and gives no rows later")
    func cancelled() throws {
        let clock = Clock()
        let (server, client, id) = try collect(clock)
        clock.advance(150)
        server.cancel(id, of: client)
        clock.advance(1000)
        let flow = try #require(server.flow(id, of: client))
        #expect(flow.state(at: clock.now) == .error && flow.status == "Cancelled by VQL query")
        #expect(flow.rowCount == 0 && flow.duration(at: clock.now) == 50_000_000)
        #expect(flow.logs(at: clock.now).count == 1)
    }
}
