// SPDX-License-Identifier: Apache-2.0

public import JSONValue

/// What went wrong, in words for whoever has to act on it.
///
/// The one error type of the host, the kit and the plugins. `message` says what happened, `hint` what to do next.
/// Neither ever holds a secret.
public struct MegaraptorError: Error, Sendable, Hashable {
    public var code: Code
    public var message: String
    /// What the reader can do about it; empty where nothing is known.
    public var hint: String
    /// The error beneath this one, if there is one worth showing.
    public var cause: String?
    /// Whether the same call may succeed later without any change. Never true for a write that may have happened.
    public var retryable: Bool
    /// Facts for programs: positions, ids, what was expected.
    public var details: JSONObject

    public init(
        _ code: Code,
        _ message: String,
        hint: String = "",
        cause: String? = nil,
        retryable: Bool = false,
        details: JSONObject = [:]
    ) {
        self.code = code
        self.message = message
        self.hint = hint
        self.cause = cause
        self.retryable = retryable
        self.details = details
    }
}

extension MegaraptorError: CustomStringConvertible {
    public var description: String {
        var text = "\(code.name): \(message)"
        if !hint.isEmpty { text += " \(hint)" }
        if let cause { text += " (cause: \(cause))" }
        return text
    }
}
