// SPDX-License-Identifier: Apache-2.0

import GRPCTransport
import Synchronization
import Testing

@Suite("Calls over loopback with mutual TLS", .timeLimit(.minutes(1)))
struct CallTests {
    @Test("a unary call brings back what the server sent")
    func unary() async throws {
        try await Loopback.with(handler: echo) { loopback in
            let answer = try await loopback.channel().unary("/test.Echo/Say", Array("hello".utf8))
            #expect(answer == Array("hello".utf8))
        }
    }

    @Test("the server sees the method and the common name of the client's certificate")
    func identity() async throws {
        let handler: GRPCServer.Handler = { call in
            await call.offer(Array("\(call.method) by \(call.peerName ?? "nobody")".utf8))
            await call.finish()
        }
        try await Loopback.with(handler: handler) { loopback in
            let answer = try await loopback.channel().unary("/proto.API/Check", [])
            #expect(String(decoding: answer, as: UTF8.self) == "/proto.API/Check by analyst")
        }
    }

    @Test("100,000 messages arrive complete and in order")
    func manyMessages() async throws {
        try await Loopback.with(handler: countUp) { loopback in
            var expected = 0
            for try await message in try loopback.channel().serverStreaming("/test.Count/Up", Array("100000".utf8)) {
                try #require(message == Array(String(expected).utf8))
                expected += 1
            }
            #expect(expected == 100_000)
        }
    }

    @Test("a status with details reaches the client, after the messages before it")
    func status() async throws {
        let handler: GRPCServer.Handler = { call in
            await call.offer([1])
            await call.finish(GRPCStatus(.permissionDenied, "no ANY_QUERY, größer"))
        }
        try await Loopback.with(handler: handler) { loopback in
            var messages: [[UInt8]] = []
            let thrown = await #expect(throws: GRPCStatus.self) {
                for try await message in try loopback.channel().serverStreaming("/x/Y", []) { messages.append(message) }
            }
            #expect(thrown?.code == .permissionDenied)
            #expect(thrown?.details == "no ANY_QUERY, größer")
            #expect(messages == [[1]])
        }
    }

    @Test("a handler that ends without a status is an internal error, not a success")
    func noStatus() async throws {
        try await Loopback.with(handler: { _ in }) { loopback in
            let thrown = await #expect(throws: GRPCStatus.self) { try await loopback.channel().unary("/x/Y", []) }
            #expect(thrown?.code == .internal)
        }
    }

    @Test("64 calls at once share one channel")
    func concurrent() async throws {
        try await Loopback.with(handler: echo) { loopback in
            let channel = try loopback.channel()
            let sum = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<64 {
                    group.addTask { Int(try await channel.unary("/x/Y", [UInt8(number)])[0]) }
                }
                return try await group.reduce(0, +)
            }
            #expect(sum == (0..<64).reduce(0, +))
        }
    }

    @Test("a message of 8 MB passes both ways")
    func largeMessage() async throws {
        try await Loopback.with(maxReceiveBytes: 16 << 20, handler: echo) { loopback in
            let large = [UInt8](repeating: 7, count: 8_000_000)
            let answer = try await loopback.channel().unary("/x/Y", large)
            #expect(answer == large)
        }
    }

    @Test("a message beyond the client's limit is refused with both sizes")
    func tooLargeForClient() async throws {
        try await Loopback.with(handler: { call in
            await call.offer([UInt8](repeating: 0, count: 2000))
            await call.finish()
        }) { loopback in
            let channel = try loopback.channel(maxReceiveBytes: 1000)
            let thrown = await #expect(throws: GRPCStatus.self) { try await channel.unary("/x/Y", []) }
            #expect(thrown?.code == .resourceExhausted)
            #expect(thrown?.details.contains("larger than max (2000 vs. 1000)") == true)
        }
    }

    @Test("a request beyond the server's limit is refused in the words of the Go library")
    func tooLargeForServer() async throws {
        try await Loopback.with(handler: echo) { loopback in
            let request = [UInt8](repeating: 0, count: 5_000_057)
            let thrown = await #expect(throws: GRPCStatus.self) { try await loopback.channel().unary("/x/Y", request) }
            #expect(thrown?.code == .resourceExhausted)
            #expect(thrown?.details == "grpc: received message larger than max (5000057 vs. 4194304)")
        }
    }
}
