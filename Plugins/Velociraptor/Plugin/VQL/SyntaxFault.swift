// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors
internal import VQL
internal import VQLChecks

/// A syntax error with its place in the query shown.
enum SyntaxFault {
    /// The error that was found here, before anything was sent.
    static func error(_ error: VQLSyntaxError, in query: String) -> MegaraptorError {
        let finding = VQLSyntaxAdvice.finding(error, in: query)
        return make(
            String(error.message.prefix(200)),
            line: error.position.line,
            column: error.position.column,
            hint: finding.hint,
            in: query
        )
    }

    /// An error at a place, with the line and a caret below it where the query has such a place.
    static func make(_ message: String, line: Int, column: Int, hint: String, in query: String?) -> MegaraptorError {
        let excerpt = query.flatMap { VQLCaret.render($0, line: line, column: column) }
        var details: JSONObject = ["line": JSONValue(line), "column": JSONValue(column)]
        details["excerpt"] = excerpt.map(JSONValue.string)
        let head = "VQL syntax error at line \(line), column \(column): \(VisibleText.escape(message))"
        return MegaraptorError(
            .invalidArgument,
            excerpt.map { "\(head)\n\($0)\n" } ?? head,
            hint: hint,
            details: details
        )
    }
}
