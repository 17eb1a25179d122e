// SPDX-License-Identifier: Apache-2.0

import GRPCTransport
import JSONValue
import MegaraptorErrors
import Synchronization
import Testing
import VelociraptorAPI

@testable import VelociraptorPlugin

/// Pauses that end when a test says so.
private final class Pauses: Sendable {
    let began: AsyncStream<Duration>
    private let begin: AsyncStream<Duration>.Continuation
    private let goOn: AsyncStream<Void>.Continuation
    private let gate: AsyncStream<Void>

    init() {
        (began, begin) = AsyncStream.makeStream()
        (gate, goOn) = AsyncStream.makeStream()
    }

    func end() { goOn.yield() }

    @Sendable func sleep(_ pause: Duration) async throws {
        begin.yield(pause)
        for await _ in gate { return }
        begin.finish()
        throw CancellationError()
    }
}

@Suite("RES-13: watching hunts and flows", .timeLimit(.minutes(1)))
struct ResourceWatchTests {
    private static let flow = "velociraptor://flows/\(FlowWatchTests.clientID)/\(FlowWatchTests.flowID)"

    @Test(
        "hunts, their results and flows can be watched, nothing else",
        arguments: [
            ("hunts/H.ABC1", .hunt("H.ABC1")),
            ("hunts/H.ABC1/results", .huntResults("H.ABC1")),
            ("flows/C.0123456789abcdef/F.ABC1.H", .flow(client: "C.0123456789abcdef", flow: "F.ABC1.H")),
            ("flows/server/F.ABC1", .flow(client: "server", flow: "F.ABC1")),
            ("hunts", nil), ("hunts/", nil), ("hunts/X", nil), ("hunts/H.ABC1/rows", nil), ("hunts/H.A/results/", nil),
            ("flows/C.0123456789abcdef", nil), ("flows/C.0123456789ABCDEF/F.A", nil), ("flows/server/H.ABC1", nil),
            ("clients/C.0123456789abcdef", nil), ("artifacts", nil),
        ] as [(String, WatchedResource?)]
    )
    func addresses(path: String, resource: WatchedResource?) {
        #expect(WatchedResource(uri: "velociraptor://" + path) == resource)
        #expect(WatchedResource(uri: "other://" + path) == nil)
    }

    @Test("a flow is looked at until it is done; every change is announced")
    func flowToItsEnd() async throws {
        let rows = Answers([
            FlowWatchTests.row("RUNNING", start: 0), FlowWatchTests.row("RUNNING", start: 0),
            FlowWatchTests.row("RUNNING"), FlowWatchTests.row("FINISHED", rows: 3),
        ])
        try await ScriptedServer.with { query, _ in
            try await query.rows(JSONValue.array([rows.next()]).json())
            return .ok
        } _: { server in
            let (announced, announce) = AsyncStream<String>.makeStream()
            let pauses = Mutex<[Duration]>([])
            let watch = ResourceWatch(
                client: try server.client(),
                announce: { uri async throws(MegaraptorError) in announce.yield(uri) },
                log: { Issue.record("\($0)") },
                sleep: { pause in pauses.withLock { $0.append(pause) } }
            )
            try await watch.begin(Self.flow)
            var heard: [String] = []
            for await uri in announced {
                heard.append(uri)
                if heard.count == 3 { break }
            }
            #expect(heard == [Self.flow, Self.flow, Self.flow])
            #expect(pauses.withLock { $0 } == [.seconds(2), .seconds(4), .seconds(2)])
            #expect(server.requests.count == 4)
        }
    }

    @Test("who listens no more, or a plugin that ends, ends the looking", arguments: [false, true])
    func ends(isOver: Bool) async throws {
        try await ScriptedServer.with { query, _ in
            try await query.rows(JSONValue.array([FlowWatchTests.row("RUNNING")]).json())
            return .ok
        } _: { server in
            let pauses = Pauses()
            let announcements = Mutex(0)
            let watch = ResourceWatch(
                client: try server.client(),
                announce: { _ async throws(MegaraptorError) in announcements.withLock { $0 += 1 } },
                log: { Issue.record("\($0)") },
                sleep: pauses.sleep
            )
            try await watch.begin(Self.flow)
            var seen: [Duration] = []
            for await pause in pauses.began {
                seen.append(pause)
                if seen.count == 1 {
                    pauses.end()
                } else if isOver {
                    await watch.endAll()
                } else {
                    await watch.end(Self.flow)
                }
            }
            #expect(seen == [.seconds(2), .seconds(4)])
            #expect(announcements.withLock { $0 } == 1)
            #expect(server.requests.count == 2)
        }
    }

    @Test("a resource that nobody watches is refused as unsupported, and the server is not asked")
    func unsupported() async throws {
        try await ScriptedServer.with { _, _ in
            .ok
        } _: { server in
            let watch = ResourceWatch(
                client: try server.client(),
                announce: { _ async throws(MegaraptorError) in },
                log: { Issue.record("\($0)") }
            )
            let error = await #expect(throws: MegaraptorError.self) { try await watch.begin("velociraptor://clients") }
            #expect(error?.code == .unsupported)
            #expect(server.requests.isEmpty)
        }
    }

    @Test("a hunt that is deleted looks different from before, and is no failure")
    func deleted() async throws {
        let rows = Answers([#"[{"hunt_id":"H.A1","state":"RUNNING","stats":{"total_clients_scheduled":1}}]"#, "[]"])
        try await ScriptedServer.with { query, _ in
            try await query.rows(rows.next(), columns: ["hunt_id"])
            return .ok
        } _: { server in
            let client = try server.client()
            let before = try await WatchedResource.hunt("H.A1").look(client)
            let after = try await WatchedResource.hunt("H.A1").look(client)
            #expect(before != after)
            #expect(!after.isDone)
        }
    }

    @Test("what changes of a hunt is noticed: its counts by both resources, its description only by the hunt's own")
    func hunts() async throws {
        func row(_ description: String, _ count: Int) -> String {
            """
            [{"hunt_id":"H.A1","state":"RUNNING","hunt_description":"\(description)",\
            "stats":{"total_clients_with_results":\(count)}}]
            """
        }
        let rows = Answers([row("a", 1), row("a", 1), row("a", 2), row("a", 2), row("b", 2), row("b", 2)])
        try await ScriptedServer.with { query, _ in
            try await query.rows(rows.next())
            return .ok
        } _: { server in
            let client = try server.client()
            var looks: [(hunt: WatchedResource.Look, results: WatchedResource.Look)] = []
            for _ in 0..<3 {
                looks.append(
                    (
                        try await WatchedResource.hunt("H.A1").look(client),
                        try await WatchedResource.huntResults("H.A1").look(client)
                    )
                )
            }
            #expect(looks[0].hunt != looks[1].hunt && looks[0].results != looks[1].results)
            #expect(looks[1].hunt != looks[2].hunt && looks[1].results == looks[2].results)
        }
    }
}
