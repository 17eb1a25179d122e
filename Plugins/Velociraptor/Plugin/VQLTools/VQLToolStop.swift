// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors

/// What a tool's query says when it cannot answer: `log(level='ERROR', message='STOP: why. HINT: what to do.')`.
///
/// Without it a query could only give no rows, which would look like an answer.
struct VQLToolStop {
    private static let mark = "STOP: "

    private let reason: String
    private let hint: String

    /// `nil` for an error that holds none of these. What else went wrong on the way is no matter then.
    init?(_ error: MegaraptorError) {
        let messages = [error.message] + (error.details["also"]?.strings ?? [])
        guard let text = messages.first(where: { $0.hasPrefix(Self.mark) })?.dropFirst(Self.mark.count) else {
            return nil
        }
        guard let pause = text.firstRange(of: " HINT: ") else {
            reason = String(text)
            hint = ""
            return
        }
        reason = String(text[..<pause.lowerBound])
        hint = String(text[pause.upperBound...])
    }

    func error(_ tool: String) -> MegaraptorError {
        MegaraptorError(.failedPrecondition, reason, hint: hint.isEmpty ? "See the description of \(tool)." : hint)
    }
}
