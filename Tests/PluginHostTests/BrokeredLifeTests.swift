// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import MegaraptorErrors
import PluginHost
import PluginManifest
import Testing

@Suite("A call on another's behalf lives and ends with it")
struct BrokeredLifeTests {
    typealias Isolation = PluginManifest.Isolation

    @Test("The provider's progress is that of the call on whose behalf it is asked", arguments: BrokerTests.isolations)
    func progress(isolation: Isolation) async throws {
        let asking = try Asking(isolation: isolation, withThird: false)
        let told = Told<String>()
        _ = try await asking.ask(
            "swift",
            "count",
            progress: { done, total, message in
                told.add("\(Int((done * 3).rounded())) thirds of \(Int(total ?? 0)): \(message)")
            }
        )
        // The asker gave the part from 10 to 20 of 100.
        #expect(told.all == (1...3).map { "\(30 + 10 * $0) thirds of 100: provider step \($0)" })
    }

    @Test("Its questions reach the person of that call, and are refused where there is none")
    func questions() async throws {
        let asking = try Asking(withThird: false)
        let answer = try await asking.ask(
            "swift",
            "ask",
            elicit: { message, _ throws(MegaraptorError) in
                ["action": "accept", "content": ["name": .string(message)]]
            }
        )
        #expect(answer["content"]?["name"] == "Who is there?")
        let error = await #expect(throws: MegaraptorError.self) { try await asking.ask("swift", "ask") }
        #expect(error?.code == .unsupported)
        let alone = await #expect(throws: MegaraptorError.self) {
            try await asking.ask("swift", "ask", ["on_behalf": "nobody"], elicit: { _, _ in ["action": "cancel"] })
        }
        #expect(alone?.code == .unsupported)
    }

    @Test("Where nobody waits for the call any more, the provider is told to stop", arguments: BrokerTests.isolations)
    func cancellation(isolation: Isolation) async throws {
        let asking = try Asking(isolation: isolation, withThird: false)
        let ends = Told<String>()
        asking.host.follow(
            BrokerPolicy(begin: { _ throws(MegaraptorError) in
                { if case .failure(let error) = $0 { ends.add(error.code.name) } }
            })
        )
        let call = Task { try await asking.ask("swift", "wait", timeout: nil) }
        try await asking.waitForLine("the provider waits")
        call.cancel()
        let error = await #expect(throws: MegaraptorError.self) { try await call.value }
        #expect(error?.code == .cancelled)
        try await asking.waitForLine("the provider was told to stop")
        while ends.all.isEmpty { await Task.yield() }
        #expect(ends.all == ["cancelled"])
    }

    @Test("A call whose time is over stops the provider")
    func deadline() async throws {
        let asking = try Asking(withThird: false)
        // On a busy machine the time may be over before the provider hears of anything.
        for seconds in [1, 2, 4, 8, 16, 32] where !asking.hasLine("the provider waits") {
            let error = await #expect(throws: MegaraptorError.self) {
                try await asking.ask("swift", "wait", timeout: .seconds(seconds))
            }
            #expect(error?.code == .deadlineExceeded)
        }
        try #require(asking.hasLine("the provider waits"))
        try await asking.waitForLine("the provider was told to stop")
    }

    @Test("It has the time of that call and no more, less where the asker says so")
    func time() async throws {
        let asking = try Asking(withThird: false)
        func left(_ more: JSONObject = [:], timeout: Duration?) async throws -> JSONValue? {
            try await asking.ask("swift", "greet", more, timeout: timeout)["seconds_left"]
        }
        let usual = try #require(try await left(timeout: .seconds(3000))?.integerValue)
        #expect((2500...3000).contains(usual))
        let longer = try #require(try await left(["seconds": 600], timeout: .seconds(300))?.integerValue)
        #expect((1...300).contains(longer))
        let shorter = try #require(try await left(["seconds": 300], timeout: .seconds(3000))?.integerValue)
        #expect((1...300).contains(shorter))
        #expect(try await left(timeout: nil) == .null)
    }

    @Test("On nobody's behalf it has the time that operations give, and goes on when the call ends")
    func alone() async throws {
        let asking = try Asking(withThird: false)
        asking.host.follow(BrokerPolicy(timeout: { .seconds(5000) }))
        let answer = try await asking.ask("swift", "greet", ["on_behalf": "nobody"], timeout: .seconds(300))
        let left = try #require(answer["seconds_left"]?.integerValue)
        #expect((4500...5000).contains(left))
        let asked = try await asking.ask(
            "swift",
            "greet",
            ["on_behalf": "nobody", "seconds": 600],
            timeout: .seconds(300)
        )
        #expect((500...600).contains(try #require(asked["seconds_left"]?.integerValue)))
    }

    @Test("What is detached shows its progress, asks nobody, and goes on when the call ends")
    func detached() async throws {
        let asking = try Asking(withThird: false)
        let detached: JSONObject = ["on_behalf": "detached"]
        let told = Told<String>()
        _ = try await asking.ask("swift", "count", detached, progress: { told.add($2) })
        #expect(told.all.last == "provider step 3")
        let error = await #expect(throws: MegaraptorError.self) {
            try await asking.ask("swift", "ask", detached, elicit: { _, _ in ["action": "cancel"] })
        }
        #expect(error?.code == .unsupported)
        let ends = Told<String>()
        asking.host.follow(
            BrokerPolicy(
                timeout: { .seconds(5000) },
                begin: { _ throws(MegaraptorError) in { _ in ends.add("end") } }
            )
        )
        let call = Task { try await asking.ask("swift", "wait", detached, timeout: nil) }
        try await asking.waitForLine("the provider waits")
        call.cancel()
        await #expect(throws: MegaraptorError.self) { try await call.value }
        // Another call of the same provider is answered while the first goes on.
        let left = try await asking.ask("swift", "greet", detached, timeout: .seconds(300))["seconds_left"]
        #expect((4500...5000).contains(try #require(left?.integerValue)))
        #expect(ends.all == ["end"])
        #expect(!asking.test.log.lines.contains { $0.hasSuffix("was told to stop") })
        asking.host.shutdown(within: 1000)
    }

    @Test("A call that is over lends nothing any more")
    func over() async throws {
        let asking = try Asking(withThird: false)
        let error = await #expect(throws: MegaraptorError.self) {
            try await asking.test.answer(
                "broker/call",
                ["interface": "fixture.greeter/1", "provider": "swift", "operation": "greet"],
                plugin: Asking.asker,
                call: 1_000_000
            )
        }
        #expect(error?.code == .cancelled)
    }
}
