// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors

/// The rows of a query's statements that fit into a budget, statement after statement.
struct StatementPages {
    let pages: [StatementPage]
    /// Whether rows that came are left out.
    let isCut: Bool

    /// How many rows there are.
    var shown: Int { pages.reduce(0) { $0 + $1.count } }

    /// - Parameter skipped: how many rows earlier pages had.
    init(_ result: QueryResult, skipping skipped: Int, bytes budget: Int) throws(MegaraptorError) {
        let statements = result.statements.sorted { $0.key < $1.key }
        var left = budget
        var skip = skipped
        var pages: [StatementPage] = []
        var isCut = false
        for (number, rows) in statements {
            let start = min(skip, rows.count)
            skip -= start
            if isCut || start == rows.count {
                // A statement without rows is told; one whose rows all came before, or come later, is not.
                if rows.count == 0 { pages.append(.init(number: number, of: rows)) }
                isCut = isCut || start < rows.count
                continue
            }
            let page: StatementPage
            do throws(MegaraptorError) {
                page = try StatementPage(number: number, of: rows, from: start, bytes: left)
            } catch {
                guard !pages.isEmpty else { throw error }
                isCut = true
                continue
            }
            left -= page.bytes
            isCut = start + page.count < rows.count
            pages.append(page)
        }
        self.pages = pages
        self.isCut = isCut
    }
}
