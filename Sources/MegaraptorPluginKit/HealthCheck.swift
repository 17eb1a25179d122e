// SPDX-License-Identifier: Apache-2.0

internal import JSONValue

/// One thing that was looked at, in a sentence, with what to do about it.
public struct HealthCheck: Sendable, Hashable {
    /// How a thing is.
    public enum Status: String, Sendable, CaseIterable {
        case ok
        /// It works, but somebody should look.
        case warning
        case broken
        /// It could not be found out.
        case unknown
    }

    /// Short and stable, such as `server.certificate`.
    public var id: String
    /// How it is.
    public var status: Status
    /// A sentence for people. Never a secret.
    public var message: String
    /// What to do.
    public var fix: String?

    /// A check's result. `fix` is for what is broken or a warning.
    public init(_ id: String, _ status: Status, _ message: String, fix: String? = nil) {
        self.id = id
        self.status = status
        self.message = message
        self.fix = fix
    }

    var json: JSONValue {
        var object: JSONObject = [
            "id": .string(id), "status": .string(status.rawValue), "message": .string(message),
        ]
        if let fix { object["fix"] = .string(fix) }
        return .object(object)
    }
}
