// SPDX-License-Identifier: Apache-2.0

internal import MegaraptorErrors

/// What a tool's query says when it cannot answer: `log(level='ERROR', message='STOP: why. HINT: what to do.')`.
///
/// Without it a query could only give no rows, which would look like an answer.
struct VQLToolStop {
    private let reason: String
    private let hint: String

    /// `nil` for an error that is none of these.
    init?(_ error: MegaraptorError) {
        guard error.message.hasPrefix("STOP: ") else { return nil }
        let text = error.message.dropFirst("STOP: ".count)
        guard let mark = text.firstRange(of: " HINT: ") else {
            reason = String(text)
            hint = ""
            return
        }
        reason = String(text[..<mark.lowerBound])
        hint = String(text[mark.upperBound...])
    }

    func error(_ tool: String) -> MegaraptorError {
        MegaraptorError(.failedPrecondition, reason, hint: hint.isEmpty ? "See the description of \(tool)." : hint)
    }
}
