// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing

@testable import MCPTransport

@Suite("Messages to a descriptor")
struct DescriptorSinkTests {
    private static func readAll(_ descriptor: Int32, count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65536)
        while bytes.count < count {
            let got = read(descriptor, &chunk, chunk.count)
            if got <= 0 { break }
            bytes += chunk[..<got]
        }
        return bytes
    }

    @Test("STDIO-13: messages that are held back leave in one piece, in order, each with its newline")
    func gathering() throws {
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        defer { ends.forEach { close($0) } }
        let sink = DescriptorSink(descriptor: ends[1], stop: try #require(WakeUp()))
        sink.write(flush: false) { $0 += "one".utf8 }
        sink.write(flush: false) { $0 += "two".utf8 }
        var one = pollfd(fd: ends[0], events: Int16(POLLIN), revents: 0)
        #expect(poll(&one, 1, 0) == 0)
        sink.write(flush: true) { $0 += "three".utf8 }
        #expect(String(decoding: Self.readAll(ends[0], count: 14), as: UTF8.self) == "one\ntwo\nthree\n")
    }

    @Test("A reader that comes late gets everything, and the writer does not wait for it", arguments: [false, true])
    func lateReader(isSocket: Bool) throws {
        var ends: [Int32] = [-1, -1]
        let status = isSocket ? socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) : pipe(&ends)
        try #require(status == 0)
        defer { ends.forEach { close($0) } }
        let sink = DescriptorSink(descriptor: ends[1], stop: try #require(WakeUp()))
        let message = [UInt8](repeating: UInt8(ascii: "m"), count: 999)
        for _ in 0..<3000 { sink.write(flush: true) { $0 += message } }
        let bytes = Self.readAll(ends[0], count: 3_000_000)
        #expect(bytes.count == 3_000_000)
        #expect(bytes.split(separator: 0x0A).allSatisfy { $0.elementsEqual(message) })
        sink.finish(milliseconds: 1000)
    }

    @Test("STDIO-10: a reader that is gone wakes the stop")
    func brokenPipe() throws {
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        defer { close(ends[1]) }
        let stop = try #require(WakeUp())
        stop.wakeOnTermination()
        let sink = DescriptorSink(descriptor: ends[1], stop: stop)
        close(ends[0])
        sink.write(flush: true) { $0 += "x".utf8 }
        #expect(stop.wait(for: .zero))
        stop.endWakingOnTermination()
    }

    @Test("The sink in memory gives flushed messages in order")
    func memory() async throws {
        let sink = InMemorySink()
        sink.write(flush: false) { $0 += "a".utf8 }
        sink.write(flush: true) { $0 += "b".utf8 }
        sink.close()
        var messages: [[UInt8]] = []
        for await message in sink.messages { messages.append(message) }
        #expect(messages == [Array("a".utf8), Array("b".utf8)])
    }
}
