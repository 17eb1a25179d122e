// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing

@testable import MCPTransport

@Suite("Lines from a descriptor")
struct LineReaderTests {
    /// What a reader gives for a file of these bytes.
    private static func events(_ bytes: [UInt8], limit: Int = 1000) throws -> [String] {
        var path = Array("/tmp/lines-XXXXXX".utf8CString)
        let file = mkstemp(&path)
        try #require(file >= 0)
        defer { close(file) }
        unlink(path)
        try #require(bytes.withUnsafeBytes { write(file, $0.baseAddress, $0.count) } == bytes.count)
        lseek(file, 0, SEEK_SET)
        var reader = LineReader(descriptor: file, lineLimit: limit)
        var events: [String] = []
        while true {
            switch reader.next() {
            case .line(let line): events.append(String(decoding: line, as: UTF8.self))
            case .lineTooLong: events.append("<too long>")
            case .drained: continue
            case .interrupted: events.append("<interrupted>")
            case .end: return events
            }
        }
    }

    @Test(
        "STDIO-03: a newline and nothing else ends a line",
        arguments: [
            ("", []), ("a", ["a"]), ("a\nb\n", ["a", "b"]), ("a\n\n", ["a", ""]),
            ("a\r\u{2028}b\nc", ["a\r\u{2028}b", "c"]),
        ]
    )
    func framing(text: String, lines: [String]) throws {
        #expect(try Self.events(Array(text.utf8)) == lines)
    }

    @Test("STDIO-09: a last line without newline is given before the end")
    func lastLine() throws {
        #expect(try Self.events(Array("one\ntwo".utf8)) == ["one", "two"])
    }

    @Test(
        "A line that is too long is skipped to its end, whether it fits into the buffer or not",
        arguments: [20, 40_000]
    )
    func overlong(length: Int) throws {
        let line = String(repeating: "x", count: length)
        #expect(try Self.events(Array("a\n\(line)\nb\n".utf8), limit: 10) == ["a", "<too long>", "b"])
    }

    @Test("Lines longer than the buffer grow it and come out whole, and short ones follow")
    func growth() throws {
        let lines = [300_000, 5, 70_000, 0, 65_536, 1].map { String(repeating: "y", count: $0) }
        #expect(try Self.events(Array((lines.joined(separator: "\n") + "\n").utf8), limit: 1 << 20) == lines)
    }

    @Test("Waking up ends the wait for input")
    func interruption() throws {
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        defer { ends.forEach { close($0) } }
        let wakeUp = try #require(WakeUp())
        var reader = LineReader(descriptor: ends[0], wakeUp: wakeUp.readEnd, lineLimit: 100)
        wakeUp.wake()
        guard case .drained = reader.next(), case .interrupted = reader.next() else {
            Issue.record("the reader did not notice")
            return
        }
    }
}
