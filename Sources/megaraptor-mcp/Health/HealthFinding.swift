// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorErrors

/// One thing that was looked at, in a sentence.
struct HealthFinding: Sendable {
    enum Status: String, Sendable, CaseIterable {
        case ok, warning, broken, unknown
    }

    var id: String
    var status: Status
    var message: String
    var fix: String?

    init(_ id: String, _ status: Status, _ message: String, fix: String? = nil) {
        self.id = id
        self.status = status
        self.message = message
        self.fix = fix
    }

    init(_ id: String, _ status: Status = .broken, failure: MegaraptorError) {
        let cause = failure.cause.map { " (\($0))" } ?? ""
        self.init(id, status, failure.message + cause, fix: failure.hint.isEmpty ? nil : failure.hint)
    }

    /// Reads what a plugin says; `nil` where it is no check.
    init?(plugin json: JSONValue) {
        guard let id = json["id"]?.stringValue, let message = json["message"]?.stringValue,
            let status = json["status"]?.stringValue.flatMap(Status.init)
        else { return nil }
        self.init(id, status, message, fix: json["fix"]?.stringValue)
    }

    var json: JSONValue {
        var object: JSONObject = [
            "id": .string(id), "status": .string(status.rawValue), "message": .string(message),
        ]
        if let fix { object["fix"] = .string(fix) }
        return .object(object)
    }
}
