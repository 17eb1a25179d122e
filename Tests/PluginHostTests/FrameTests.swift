// SPDX-License-Identifier: Apache-2.0

import MegaraptorErrors
import Testing

@testable import PluginHost

@Suite("Messages between the host and a worker")
struct FrameTests {
    private static let frames = [
        Frame(kind: .hello, number: Frame.version, body: [1, 2, 3]),
        Frame(kind: .invoke, id: 7, text: "tools/call", body: Array("{}".utf8)),
        Frame(kind: .complete, id: .max, number: 12, body: Array(repeating: 9, count: 200_000)),
        Frame(kind: .log, number: 2, text: "über ☕"),
        Frame(kind: .cancel, id: 1),
    ]

    @Test("They arrive as they were sent, however the bytes are cut", arguments: [1, 7, 65536, 1 << 20])
    func pieces(size: Int) throws {
        let bytes = Self.frames.flatMap(\.bytes)
        var reader = FrameReader()
        var arrived: [Frame] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            reader.feed(Array(bytes[start..<min(start + size, bytes.count)]))
            while let frame = try reader.take() { arrived.append(frame) }
        }
        #expect(arrived == Self.frames)
    }

    @Test(
        "What is no message is a fault that says why",
        arguments: [
            ([0xFF, 0xFF, 0xFF, 0xFF], "a message of 4294967295 bytes"), ([20, 0, 0, 0], "a message of 20 bytes"),
            ([21, 0, 0, 0, 99] + Array(repeating: 0, count: 20), "unknown kind 99"),
            ([21, 0, 0, 0, 1] + Array(repeating: 0, count: 16) + [1, 0, 0, 0], "longer than itself"),
        ] as [([UInt8], String)]
    )
    func faults(bytes: [UInt8], words: String) {
        var reader = FrameReader()
        reader.feed(bytes)
        let fault = #expect(throws: FrameFault.self) { try reader.take() }
        #expect(fault?.description.contains(words) == true)
    }

    @Test("Bytes that are changed at random are messages or faults, never anything else")
    func random() {
        var generator = SplitMix(seed: 20)
        let bytes = Self.frames.flatMap(\.bytes).prefix(400)
        for _ in 0..<20_000 {
            var reader = FrameReader()
            var changed = Array(bytes)
            for _ in 0..<Int.random(in: 1...8, using: &generator) {
                changed[Int.random(in: 0..<changed.count, using: &generator)] = .random(in: 0...255, using: &generator)
            }
            reader.feed(changed)
            do {
                while let frame = try reader.take() { #expect(frame.bytes.count <= changed.count + 400) }
            } catch {}
        }
    }
}

/// A generator that gives the same numbers for the same seed.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

@Suite("How workers are started again")
struct WorkerHistoryTests {
    @Test("Pauses grow to half a minute, and a minute of good service ends them")
    func pauses() {
        var history = WorkerHistory()
        var now = ContinuousClock.now
        var told: [String] = []
        for _ in 0..<8 {
            history.started(at: now)
            history.ended("left", at: now)
            told.append(history.wait(for: "p", now: now)?.hint.split(separator: " ")[6].description ?? "at once")
            now = now + .seconds(31)
            #expect(history.wait(for: "p", now: now) == nil)
        }
        #expect(told == ["at once", "0.1", "0.4", "1.6", "6.4", "25.6", "30.0", "30.0"])
        history.started(at: now)
        history.ended("left", at: now + .seconds(60))
        #expect(history.wait(for: "p", now: now + .seconds(60)) == nil)
    }
}
