// SPDX-License-Identifier: Apache-2.0

import GRPCTransport
import Testing

@Suite("Connections: trust, loss, return", .timeLimit(.minutes(1)))
struct ConnectionTests {
    @Test("a server of another authority is refused by the client")
    func wrongAuthority() async throws {
        try await Loopback.with(handler: echo) { loopback in
            var tls = loopback.tls
            tls.roots = loopback.identities.strangeAuthority
            let thrown = await status(of: try loopback.channel(tls: tls))
            #expect(thrown?.code == .unavailable)
            #expect(thrown?.details.contains("certificate verify failed") == true)
        }
    }

    @Test("a server with another name is refused by the client")
    func wrongName() async throws {
        try await Loopback.with(handler: echo) { loopback in
            var tls = loopback.tls
            tls.targetName = "SomebodyElse"
            let thrown = await status(of: try loopback.channel(tls: tls))
            #expect(thrown?.code == .unavailable)
            #expect(thrown?.details.contains("SomebodyElse is not in peer certificate") == true)
        }
    }

    @Test("a client of another authority, or of none, is refused by the server", arguments: [true, false])
    func wrongClient(presents: Bool) async throws {
        try await Loopback.with(handler: echo) { loopback in
            var tls = loopback.tls
            tls.certificate = presents ? loopback.identities.strangeClient.certificate : nil
            tls.privateKey = presents ? loopback.identities.strangeClient.key : nil
            let thrown = await status(of: try loopback.channel(tls: tls))
            #expect(thrown?.code == .unavailable)
        }
    }

    @Test("nobody listening is unavailable")
    func nobody() async throws {
        let loopback = try Loopback(echo)
        await loopback.server.stop(.abrupt)
        let thrown = await status(of: try loopback.channel())
        #expect(thrown?.code == .unavailable)
        #expect(thrown?.details.contains("Connection refused") == true)
    }

    @Test("a server that drops its connections ends a stream with unavailable, after what had arrived")
    func dropped() async throws {
        let handler: GRPCServer.Handler = { call in
            await call.offer([1])
            await Event.cancellation()
        }
        try await Loopback.with(handler: handler) { loopback in
            var messages = try loopback.channel().serverStreaming("/x/Y", []).makeAsyncIterator()
            #expect(try await messages.next() == [1])
            await loopback.server.stop(.abrupt)
            let thrown = await #expect(throws: GRPCStatus.self) { try await messages.next() }
            #expect(thrown?.code == .unavailable)
        }
    }

    @Test("a channel reaches a server that comes back on the same port")
    func heals() async throws {
        let loopback = try Loopback(echo)
        let channel = try loopback.channel()
        _ = try await channel.unary("/x/Y", [1])
        await loopback.server.stop(.abrupt)
        #expect(await status(of: channel)?.code == .unavailable)
        try loopback.server.start(port: loopback.port)
        await channel.reconnectIfBroken(within: .seconds(5))
        #expect(try await channel.unary("/x/Y", [2]) == [2])
        await loopback.server.stop()
    }

    @Test("a graceful stop lets the calls in flight finish")
    func graceful() async throws {
        let started = Event()
        let proceed = Event()
        let loopback = try Loopback { call in
            started.signal()
            await proceed.wait()
            await call.offer([9])
            await call.finish()
        }
        let channel = try loopback.channel()
        async let answer = channel.unary("/x/Y", [])
        await started.wait()
        async let stopped: Void = loopback.server.stop(.graceful)
        proceed.signal()
        #expect(try await answer == [9])
        await stopped
    }

    @Test("a port that is taken is an error")
    func portTaken() async throws {
        try await Loopback.with(handler: echo) { loopback in
            let second = GRPCServer(loopback.configuration, handler: echo)
            let thrown = #expect(throws: GRPCStatus.self) { try second.start(port: loopback.port) }
            #expect(thrown?.code == .unavailable)
        }
    }

    private func status(of channel: GRPCChannel) async -> GRPCStatus? {
        await #expect(throws: GRPCStatus.self) { try await channel.unary("/x/Y", []) }
    }
}
