// SPDX-License-Identifier: Apache-2.0

import GRPCTransport
import Synchronization
import Testing

@Suite("Back-pressure, cancellation, deadlines", .timeLimit(.minutes(1)))
struct FlowTests {
    @Test("a server cannot run far ahead of a client that does not read")
    func backPressure() async throws {
        let sent = Mutex(0)
        let ended = Event()
        let piece = [UInt8](repeating: 1, count: 64 << 10)
        let handler: GRPCServer.Handler = { call in
            do {
                // 10,000 pieces are 640 MB.
                for _ in 0..<10_000 {
                    try await call.send(piece)
                    sent.withLock { $0 += 1 }
                }
            } catch {}
            ended.signal()
        }
        try await Loopback.with(handler: handler) { loopback in
            var messages = try loopback.channel().serverStreaming("/x/Y", []).makeAsyncIterator()
            for _ in 0..<100 { #expect(try await messages.next() == piece) }
            // What is not read lies in the buffers of both sides and of the connection between them.
            #expect(sent.withLock { $0 } < 1000)
        }
        await ended.wait()
        #expect(sent.withLock { $0 } < 1000)
    }

    @Test("cancelling the task ends the call on both sides")
    func cancel() async throws {
        let started = Event()
        let cancelled = Event()
        let handler: GRPCServer.Handler = { call in
            started.signal()
            await Event.cancellation()
            cancelled.signal()
        }
        try await Loopback.with(handler: handler) { loopback in
            let channel = try loopback.channel()
            let call = Task { try await channel.unary("/x/Y", []) }
            await started.wait()
            call.cancel()
            let thrown = await #expect(throws: GRPCStatus.self) { try await call.value }
            #expect(thrown?.code == .cancelled)
            await cancelled.wait()
        }
    }

    @Test("a task that was cancelled before the call gets a cancelled call")
    func cancelledBefore() async throws {
        try await Loopback.with(handler: echo) { loopback in
            let channel = try loopback.channel()
            let gate = Event()
            let call = Task {
                await gate.wait()
                return try await channel.unary("/x/Y", [])
            }
            call.cancel()
            gate.signal()
            let thrown = await #expect(throws: GRPCStatus.self) { try await call.value }
            #expect(thrown?.code == .cancelled)
        }
    }

    @Test("a reader that lets go of the sequence cancels the call")
    func letGo() async throws {
        let cancelled = Event()
        let handler: GRPCServer.Handler = { call in
            await call.offer([1])
            await Event.cancellation()
            cancelled.signal()
        }
        try await Loopback.with(handler: handler) { loopback in
            for try await _ in try loopback.channel().serverStreaming("/x/Y", []) { break }
            await cancelled.wait()
        }
    }

    @Test("a deadline ends the call and cancels the handler")
    func deadline() async throws {
        let cancelled = Event()
        let handler: GRPCServer.Handler = { _ in
            await Event.cancellation()
            cancelled.signal()
        }
        try await Loopback.with(handler: handler) { loopback in
            let channel = try loopback.channel()
            let thrown = await #expect(throws: GRPCStatus.self) {
                try await channel.unary("/x/Y", [], deadline: .seconds(5))
            }
            #expect(thrown?.code == .deadlineExceeded)
            await cancelled.wait()
        }
    }
}
