// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorErrors

/// What became of one machine.
struct HostRecord: Codable, Sendable, Hashable {
    enum Status: String, Codable, Sendable, CaseIterable {
        case waiting
        /// Somebody works on it, or was interrupted there.
        case begun
        case installed, upgraded, unchanged, removed
        /// What a removal that is only shown would do. Never kept.
        case wouldRemove = "would_remove"
        case failed
        /// It was begun, and stopped after a step because the call was cancelled.
        case cancelled
        /// The call was cancelled before it was its turn.
        case notReached = "not_reached"

        var isDone: Bool { [.installed, .upgraded, .unchanged, .removed].contains(self) }
    }

    var target: MachineTarget
    var status: Status
    /// Of the error, for `failed`.
    var code: String?
    var reason: String?
    var hint: String?
    /// What was changed there: `configuration`, `program`, `service`, or paths that were removed.
    var changes: [String] = []
    /// Whether the server has seen the agent since; `nil` where nobody knows.
    var enrolled: Bool?
    var clientID: String?
    /// What the machine calls itself.
    var hostname: String?
    /// From when on the server's having seen it counts, in milliseconds since 1970.
    var since: Int64?

    private enum CodingKeys: String, CodingKey {
        case target, status, code, reason, hint, changes, enrolled, hostname, since
        case clientID = "client_id"
    }

    init(_ target: MachineTarget, _ status: Status = .waiting) {
        self.target = target
        self.status = status
    }

    /// The same machine after a failure, or after a cancellation, which is none.
    func failed(_ error: MegaraptorError, _ redact: Redaction) -> HostRecord {
        var record = self
        record.status = error.code == .cancelled ? .cancelled : .failed
        record.code = error.code == .cancelled ? nil : error.code.name
        let cause = error.cause.map { " (\($0))" } ?? ""
        record.reason = redact(error.message + cause)
        record.hint = error.hint.isEmpty ? nil : redact(error.hint)
        return record
    }

    /// As it is told. `enrolled` is always there, as a removal or a failure has no answer to it.
    var answer: JSONValue {
        var answer: JSONObject = [
            "host": .string(target.text), "status": .string(status.rawValue),
            "enrolled": enrolled.map(JSONValue.bool) ?? .null,
        ]
        answer["hostname"] = hostname.map(JSONValue.string)
        answer["client_id"] = clientID.map(JSONValue.string)
        answer["code"] = code.map(JSONValue.string)
        answer["reason"] = reason.map(JSONValue.string)
        answer["hint"] = hint.map(JSONValue.string)
        if !changes.isEmpty { answer["changes"] = .array(changes.map(JSONValue.string)) }
        return .object(answer)
    }
}
