// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors
internal import VQL

/// A condition on rows, written in VQL by the caller: checked before it becomes a part of a query.
///
/// It is code and not a value, in tools that only read: what it can reach is judged, and no more than reading what was
/// investigated is let through, whatever operations allow.
struct RowCondition: Sendable, Hashable {
    /// Normalised, to be put between parentheses.
    let text: String
    /// The columns that it names: first parts of names, as the server takes an unknown one for NULL in silence.
    let columns: [String]

    init(_ condition: String) throws(MegaraptorError) {
        let list: ExpressionList
        do throws(VQLSyntaxError) {
            list = try ExpressionList(parsing: condition)
        } catch {
            throw MegaraptorError(
                .invalidArgument,
                "`where` is no VQL condition: \(VisibleText.escape(error.description))",
                hint: """
                    Write what would stand after WHERE, such as Name =~ 'svchost' AND (Pid > 4 OR Ppid = 1). OR binds \
                    tighter than AND.
                    """
            )
        }
        try Self.check(QueryAnalysis(of: list))
        text = list.description
        columns = Self.names(in: list)
    }

    private static func check(_ analysis: QueryAnalysis) throws(MegaraptorError) {
        if analysis.verdict > .readsInvestigation {
            throw refusal(QueryGate.words(analysis, from: .readsServer), analysis)
        }
        // Only the server knows whether it has a built-in of that name, and here nobody asks it.
        if !analysis.definedCalls.isEmpty { throw refusal("a query in it calls what it defines itself.", analysis) }
    }

    private static func refusal(_ reason: String, _ analysis: QueryAnalysis) -> MegaraptorError {
        MegaraptorError(
            .permissionDenied,
            "`where` may only compare and compute: \(reason)",
            hint: "Nothing was sent. Use columns, operators and functions that compute; run_vql takes whole queries.",
            details: QueryGate.details(analysis)
        )
    }

    private static func names(in list: ExpressionList) -> [String] {
        var names: [String] = []
        for case .expression(let expression) in SyntaxWalk([.list(list)]) {
            guard case .symbol(let symbol) = expression.kind, symbol.calls.isEmpty, let first = symbol.path.first else {
                continue
            }
            if !names.contains(first.name) { names.append(first.name) }
        }
        return names
    }
}
