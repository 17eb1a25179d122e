// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import MegaraptorErrors
import Synchronization

/// What the deployment's server says when it is asked for its clients.
final class FakeServer: Sendable {
    private struct State {
        var clients: [JSONObject] = []
        var isSilent = false
        var clock: Int64 = 0
        var asked = 0
    }

    private let state = Mutex(State())

    /// How often it was asked.
    var asked: Int { state.withLock { $0.asked } }

    /// From now on it says nothing.
    func fallSilent() { state.withLock { $0.isSilent = true } }

    /// Sets its clock apart from this machine's.
    func setClock(ahead seconds: Int64) { state.withLock { $0.clock = seconds } }

    /// It has seen a client.
    ///
    /// - Parameter age: how many seconds ago, at whatever time it is asked.
    func sees(_ hostname: String, _ client: String, age: Int64 = 0, labels: [String] = []) {
        state.withLock {
            $0.clients.append([
                "client_id": .string(client), "hostname": .string(hostname), "age": .integer(age),
                "labels": .array(labels.map(JSONValue.string)),
            ])
        }
    }

    func answer(_ arguments: JSONValue) throws(MegaraptorError) -> JSONValue {
        let state = state.withLock { state in
            state.asked += 1
            return state
        }
        guard !state.isSilent else { throw MegaraptorError(.unavailable, "The server does not answer.") }
        let now = Int64(Date().timeIntervalSince1970 * 1_000_000) + state.clock * 1_000_000
        let search = arguments["env"]?["Search"]?.stringValue ?? ""
        let rows = state.clients.filter { search == "all" || .string(search) == .string("host:\($0.name)") }
        return [
            "rows": .array(
                rows.map { client in
                    var row = client
                    row["last_seen_at"] = .integer(now - (client["age"]?.integerValue ?? 0) * 1_000_000)
                    row["server_time"] = .integer(now / 1_000_000)
                    return .object(row)
                }
            )
        ]
    }
}

extension JSONObject {
    fileprivate var name: String { self["hostname"]?.stringValue ?? "" }
}
