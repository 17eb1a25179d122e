// SPDX-License-Identifier: Apache-2.0

import JSONValue
import Testing

@testable import MCPServer

@Suite("Parts of the server")
struct PartsTests {
    @Test(
        "RES-03: a template matches what it can expand to",
        arguments: [
            ("a://{x}", "a://1", true), ("a://{x}", "a://", false), ("a://{x}", "a://1/2", false),
            ("a://{x}/b", "a://1/b", true), ("a://{x}/{y}", "a://1/%20-._~", true), ("a://b", "a://b", true),
            ("a://b", "a://bc", false), ("a://{x}{y}", "a://12", true), ("a://{x", "a://{x", true),
        ]
    )
    func templates(template: String, uri: String, matches: Bool) {
        #expect(URITemplate(template).matches(uri) == matches)
    }

    @Test("PROG-02: reports must rise and come not too often, and the last one is kept")
    func progressGate() {
        var gate = ProgressGate()
        let start = ContinuousClock.now
        #expect(gate.admit(.init(done: 1), now: start)?.done == 1)
        #expect(gate.admit(.init(done: 1), now: start + .seconds(1)) == nil)
        #expect(gate.takeHeldBack() == nil)
        #expect(gate.admit(.init(done: 2), now: start + .milliseconds(10)) == nil)
        #expect(gate.admit(.init(done: 3), now: start + .milliseconds(19)) == nil)
        #expect(gate.admit(.init(done: .nan), now: start + .seconds(1)) == nil)
        #expect(gate.takeHeldBack()?.done == 3)
        #expect(gate.takeHeldBack() == nil)
        #expect(gate.admit(.init(done: 4), now: start + .milliseconds(20))?.done == 4)
    }

    @Test("MRTR-04: a seal opens for its own binding, once, and carries its payload")
    func seal() throws {
        let seal = ConfirmationSeal(lifetime: .seconds(60))
        let token = try seal.seal([1, 2, 3], for: [9])
        #expect(throws: ConfirmationSeal.Fault.forged) { try seal.open(token, for: [8]) }
        #expect(throws: ConfirmationSeal.Fault.forged) {
            try ConfirmationSeal(lifetime: .seconds(60)).open(token, for: [9])
        }
        #expect(try seal.open(token, for: [9]) == [1, 2, 3])
        #expect(throws: ConfirmationSeal.Fault.used) { try seal.open(token, for: [9]) }
        let expired = ConfirmationSeal(lifetime: .zero)
        let late = try expired.seal([], for: [])
        #expect(throws: ConfirmationSeal.Fault.expired) { try expired.open(late, for: []) }
    }

    @Test("MRTR-04: a binding does not depend on the order of members, but on everything else")
    func bindings() {
        let first = Binding(request: "r", plugin: "p", target: "t", ["a": 1, "b": ["c": 2, "d": 3]])
        #expect(first.bytes == Binding(request: "r", plugin: "p", target: "t", ["b": ["d": 3, "c": 2], "a": 1]).bytes)
        #expect(first.bytes != Binding(request: "r", plugin: "p", target: "t", ["a": 1]).bytes)
        #expect(first.bytes != Binding(request: "r", plugin: "q", target: "t", ["a": 1, "b": ["c": 2, "d": 3]]).bytes)
    }
}
