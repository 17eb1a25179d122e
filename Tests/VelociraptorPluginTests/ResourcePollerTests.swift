// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorErrors
import Synchronization
import Testing

@testable import VelociraptorPlugin

/// What a poller did, in its order.
private final class Diary: Sendable {
    enum Entry: Equatable {
        case announced
        case logged(String)
        case rested(Duration)
    }

    private let kept = Mutex<[Entry]>([])

    var entries: [Entry] { kept.withLock { $0 } }
    func add(_ entry: Entry) { kept.withLock { $0.append(entry) } }
}

@Suite("RES-13: watching one resource", .timeLimit(.minutes(1)))
struct ResourcePollerTests {
    /// What the server says at each look.
    private enum Say: Sendable {
        case same
        case other(String)
        case done(String)
        case failure(String)
    }

    /// Runs a poller over what the server says; the rest after the last word is cut off as by a cancellation.
    private static func run(_ says: [Say], failingAnnouncements: Int = 0) async -> [Diary.Entry] {
        let diary = Diary()
        let left = Mutex(says)
        let last = Mutex("")
        let refusals = Mutex(failingAnnouncements)
        let poller = ResourcePoller(
            look: { () async throws(MegaraptorError) in
                switch left.withLock({ $0.removeFirst() }) {
                case .same: return .init(print: last.withLock { $0 })
                case .other(let print):
                    last.withLock { $0 = print }
                    return .init(print: print)
                case .done(let print): return .init(print: print, isDone: true)
                case .failure(let text): throw MegaraptorError(.unavailable, text)
                }
            },
            announce: { () async throws(MegaraptorError) in
                let refuses = refusals.withLock { count in
                    defer { count -= 1 }
                    return count > 0
                }
                if refuses { throw MegaraptorError(.unavailable, "host") }
                diary.add(.announced)
            },
            log: { diary.add(.logged($0.message)) },
            sleep: { pause in
                if left.withLock({ $0.isEmpty }) { throw CancellationError() }
                diary.add(.rested(pause))
            }
        )
        await poller.run()
        return diary.entries
    }

    @Test("the pause doubles from 2 to 30 seconds while nothing changes, and is 2 again after a change")
    func pauses() async {
        let entries = await Self.run([.other("a"), .same, .same, .same, .same, .same, .other("b"), .same])
        let seconds = [2, 4, 8, 16, 30, 30].map { Diary.Entry.rested(.seconds($0)) }
        #expect(entries == [.announced] + seconds + [.announced, .rested(.seconds(2))])
    }

    @Test("the end of a flow is announced, and nobody looks any more")
    func end() async {
        let entries = await Self.run([.other("a"), .done("b"), .failure("looked after the end")])
        #expect(entries == [.announced, .rested(.seconds(2)), .announced])
    }

    @Test("what is done already at the first look is announced: it may have ended after the listener read it")
    func doneAtOnce() async {
        #expect(await Self.run([.done("a"), .failure("looked after the end")]) == [.announced])
    }

    @Test("failures of the server slow it down, are told of once until a look works, and hide no change")
    func failures() async {
        let entries = await Self.run([
            .other("a"), .failure("down"), .failure("still down"), .same, .failure("again"), .other("b"),
        ])
        #expect(
            entries == [
                .announced, .rested(.seconds(2)), .logged("down"), .rested(.seconds(4)), .rested(.seconds(8)),
                .rested(.seconds(16)), .logged("again"), .rested(.seconds(30)), .announced,
            ]
        )
    }

    @Test("a change that could not be announced is announced after the next look")
    func lostAnnouncement() async {
        let entries = await Self.run([.other("a"), .same], failingAnnouncements: 1)
        #expect(entries == [.logged("host"), .rested(.seconds(4)), .announced])
    }
}
