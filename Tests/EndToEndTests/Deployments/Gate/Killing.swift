// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import Testing

/// Kills the host at each request that changes something outside.
struct Killing {
    let gate: RequestGate
    /// A host that goes through the gate.
    let session: () async throws -> Session
    /// Of the one deployment, once it was begun.
    let id: () throws -> String

    /// Waits for the answer of a call; once it is there, or will never be, the gate holds nothing more.
    static func answer(_ session: Session, _ call: Int64, _ gate: RequestGate) -> Task<JSONValue, any Error> {
        Task {
            defer { gate.pass() }
            return try await session.response(to: call)["result"] ?? [:]
        }
    }

    /// Begins an operation, and kills the host at each request that changes something: before the engine has got it, and
    /// again once it has done it. Each time another host recovers.
    ///
    /// - Returns: where it was killed, and what the last host answered.
    func callAsFunction(
        _ tool: String,
        _ arguments: JSONValue
    ) async throws -> (kills: [String], answer: JSONValue) {
        var (tool, arguments) = (tool, arguments)
        var kills: [String] = []
        while true {
            let session = try await session()
            // What a recovery does again was killed at before.
            let held = gate.hold { [kills] request in
                [.before, .after].first { !kills.contains("\($0.rawValue) \(request)") }
            }
            let call = try await session.send("tools/call", ["name": .string(tool), "arguments": arguments])
            let answer = Self.answer(session, call, gate)
            let before = kills.count
            for await request in held {
                kills.append("\(kills.contains("before \(request)") ? "after" : "before") \(request)")
                session.process.signal(SIGKILL)
            }
            guard kills.count > before else { return (kills, try await answer.value.structured()) }
            #expect(await session.process.waitForEnd() == -SIGKILL)
            _ = await answer.result
            (tool, arguments) = ("recover_deployment", ["deployment_id": .string(try id())])
        }
    }

    static func bothMoments(_ requests: [String]) -> [String] {
        requests.flatMap { ["before \($0)", "after \($0)"] }
    }
}
