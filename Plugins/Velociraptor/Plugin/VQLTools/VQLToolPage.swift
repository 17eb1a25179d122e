// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors
internal import VQL
internal import VQLChecks

/// Runs a tool's query, and makes a page of what it gives.
struct VQLToolPage: Sendable {
    let client: VelociraptorClient
    let tool: VQLToolDefinition
    let judged: QueryGate.Judged
    let call: VQLToolCall

    func page() async throws(MegaraptorError) -> RowPage {
        let variables = tool.variables(call.arguments)
        let mark = PageCursor.request(tool.name, [tool.query, variables.jsonText, call.organization])
        let cursor = try PageCursor(token: call.cursor, request: mark)
        if cursor != nil, judged.needsConsent { throw Self.onlyOnce }
        let skipped = cursor?.offset ?? 0
        // A change that is stopped at a row would be done by half.
        let most = judged.needsConsent ? VQLToolCall.mostRows : skipped + call.rows
        let result = try await run(variables, rows: most)
        if let cursor {
            guard result.rowCount >= skipped, result.fingerprint(of: skipped) == cursor.print else {
                throw PageCursor.changed
            }
        }
        let (given, values) = try Self.rows(of: result)
        let rows = Array(values.dropFirst(skipped))
        var page = RowPage(
            heading: heading(rows.count, skipped, result),
            notes: notes(result),
            members: ["org_id": .string(call.organization ?? "root")],
            rows: try mapped(rows, given),
            firstRow: skipped,
            total: result.isCapped ? nil : result.rowCount,
            hasMore: result.isCapped
        )
        page.members["notes"] = .array(Self.remarks(result).map(JSONValue.string))
        if !judged.needsConsent {
            page.cursor = { shown in
                PageCursor(request: mark, offset: skipped + shown, print: result.fingerprint(of: skipped + shown))
            }
        }
        return page
    }

    private func run(_ variables: JSONObject, rows: Int) async throws(MegaraptorError) -> QueryResult {
        let environment = try TypedEnvironment(variables)
        do throws(MegaraptorError) {
            let result = try await client.run(
                VQLQuery(
                    RowLimit.adding(Int64(rows), to: tool.query, parsedAs: judged.program, judged.analysis)
                        ?? tool.query,
                    environment.variables,
                    prelude: environment.prelude,
                    effect: judged.effect,
                    organization: call.organization,
                    timeout: call.timeout,
                    rowLimit: rows,
                    rowsPerMessage: UInt64(min(1000, rows + 1))
                )
            )
            // A part of the truth would look like all of it.
            if let failure = result.failure { throw failure }
            return result
        } catch {
            throw VQLToolStop(error)?.error(tool.name) ?? hinted(error)
        }
    }

    /// A right that the key lacks is one that the manifest names; and what failed late may have changed something.
    private func hinted(_ error: MegaraptorError) -> MegaraptorError {
        var hints = [error.hint]
        if error.code == .permissionDenied, !tool.permissions.isEmpty {
            hints.append("The tool \(tool.name) needs \(tool.permissions.joined(separator: ", ")).")
        }
        if judged.needsConsent {
            hints.append("It may have changed something before it failed: look at that before you repeat it.")
        }
        var error = error
        error.hint = hints.filter { !$0.isEmpty }.joined(separator: " ")
        return error
    }

    // MARK: - Rows

    /// The columns and rows of the one statement that has a result, whichever number the server gave it.
    private static func rows(of result: QueryResult) throws(MegaraptorError) -> ([String], [JSONValue]) {
        guard let rows = result.statements.min(by: { $0.key < $1.key })?.value else { return ([], []) }
        do {
            return (rows.columns, try rows.values())
        } catch {
            throw MegaraptorError(.internal, "A row of the server could not be read.", cause: "\(error)")
        }
    }

    /// The columns that the manifest lists, by the names that it gives them.
    ///
    /// - Throws: `failed_precondition` where the query gives no such column: it would look like one without values.
    private func mapped(_ rows: [JSONValue], _ given: [String]) throws(MegaraptorError) -> [JSONValue] {
        guard !tool.columns.isEmpty, !rows.isEmpty else { return rows }
        for column in tool.columns where !given.contains(column.source) {
            let fault = MegaraptorError(
                .failedPrecondition,
                "The query of \(tool.name) gave no column \(column.source), which its manifest lists.",
                hint: VisibleText.escape(
                    "It gave: \(given.joined(separator: ", ")). The tool's author has to correct the manifest."
                )
            )
            throw hinted(fault)
        }
        return rows.map { row in
            .object(JSONObject(tool.columns.map { ($0.name, row[$0.source] ?? .null) }))
        }
    }

    // MARK: - Words

    private func heading(_ count: Int, _ skipped: Int, _ result: QueryResult) -> String {
        let place = "organisation \(call.organization ?? "root")"
        guard count > 0 else {
            return skipped > 0
                ? "No rows behind the \(skipped) before."
                : "No rows. The query of \(tool.name) ran to its end in \(place); the server reported no error."
        }
        let more = result.isCapped ? ", and there are more" : ""
        return "\(count) \(count == 1 ? "row" : "rows") of \(tool.name) in \(place)\(more)."
    }

    /// What the query said with `log()`, and what the columns mean.
    private func notes(_ result: QueryResult) -> [String] {
        let meanings = tool.columns.compactMap { column in column.description.map { "\(column.name): \($0)" } }
        return Self.remarks(result) + meanings
    }

    /// The server puts the level in front of a line.
    private static func remarks(_ result: QueryResult) -> [String] {
        result.remarks.prefix(20).map { remark in
            for level in ["DEFAULT:", "INFO:"] where remark.text.hasPrefix(level) {
                return String(remark.text.dropFirst(level.count))
            }
            return remark.text
        }
    }

    private static let onlyOnce = MegaraptorError(
        .invalidArgument,
        "A tool that may change something is not run again for its next page.",
        hint: "Its results came whole, up to the size that operations allow."
    )
}
