// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors

/// Reads the rows of one source of a flow or hunt, page by page, each with its number.
struct EvidenceReader: Sendable {
    /// What is asked for.
    struct Request: Sendable, Hashable {
        var artifact: String?
        var fields: [String] = []
        var condition: String?
        var startRow = 0
        var limit = 1000
        var cursor: String?
        var organization: String?
        var timeout: Duration = .seconds(60)
    }

    /// The column with a row's number among all rows of its source, from 0.
    static let number = "_row"
    private static let counter = "MegaraptorRow"

    let client: VelociraptorClient
    let origin: EvidenceOrigin
    let request: Request
    /// The name of the tool, for its cursors.
    let tool: String

    /// The page of a source's rows.
    func page(of source: EvidenceSources.Source) async throws(MegaraptorError) -> RowPage {
        let condition = try request.condition.map { (text) throws(MegaraptorError) in try RowCondition(text) }
        let mark = PageCursor.request(
            tool,
            origin.variables.map(\.value) + [source.name, request.condition, request.organization]
                + [request.fields.joined(separator: ","), String(request.startRow)]
        )
        let cursor = try PageCursor(token: request.cursor, request: mark)
        if let cursor { try await check(cursor, source.name) }
        let start = cursor?.offset ?? request.startRow
        var rows = try await read(source.name, from: start, condition, limit: request.limit + 1)
        if rows.isEmpty, let condition { try await checkColumns(condition, source.name) }
        let hasMore = rows.count > request.limit
        rows = Array(rows.prefix(request.limit))
        return RowPage(
            heading: "",
            members: origin.json.adding(["artifact": .string(source.name), "org_id": .string(organization)]),
            rows: try shown(rows),
            firstRow: rows.first.map { Self.position($0) } ?? start,
            total: condition == nil && origin.condition == nil ? source.rows : nil,
            hasMore: hasMore
        ) { [rows] shown in
            let last = rows[shown - 1]
            return PageCursor(request: mark, offset: Self.position(last) + 1, print: Self.print(last))
        }
    }

    private var organization: String { request.organization ?? "root" }

    private func shown(_ rows: [JSONValue]) throws(MegaraptorError) -> [JSONValue] {
        guard !request.fields.isEmpty else { return rows }
        return try RowFields(names: [Self.number] + request.fields.filter { $0 != Self.number }).select(from: rows)
    }

    // MARK: - Rows

    /// The rows from number `start` on, each with its number in front.
    ///
    /// The condition begins with the counter, so that every row is counted before it is looked at.
    private func read(
        _ source: String,
        from start: Int,
        _ condition: RowCondition?,
        limit: Int
    ) async throws(MegaraptorError) -> [JSONValue] {
        var conditions = [origin.condition, condition?.text].compactMap(\.self)
        if !origin.skipsRows, start > 0 { conditions.insert("\(Self.counter) > int(int=StartRow)", at: 0) }
        let isPlain = conditions.isEmpty && origin.skipsRows
        let counted = "LET Numbered = SELECT count() AS \(Self.counter), * FROM \(origin.source)"
        let filter = (["\(Self.counter) > 0"] + conditions).map { "(\($0))" }.joined(separator: " AND ")
        let query =
            isPlain
            ? "SELECT * FROM \(origin.source) LIMIT \(limit)"
            : "SELECT * FROM Numbered WHERE \(filter) LIMIT \(limit)"
        let rows = try await client.rows(
            VQLQuery(
                query,
                origin.variables + [.init("SourceName", source), .init("StartRow", String(start))],
                prelude: isPlain ? "" : counted,
                effect: .reads,
                organization: request.organization,
                timeout: request.timeout,
                rowLimit: limit,
                rowsPerMessage: 500
            )
        )
        let base = origin.skipsRows ? start : 0
        return rows.values.enumerated().map { index, row in
            guard !isPlain else { return Self.numbered(row, start + index) }
            return Self.numbered(row, base + Int(row[Self.counter]?.integerValue ?? 1) - 1)
        }
    }

    private static func numbered(_ row: JSONValue, _ number: Int) -> JSONValue {
        var object: JSONObject = [Self.number: JSONValue(number)]
        for (key, value) in row.objectValue ?? [:] where key != counter { object[key] = value }
        return .object(object)
    }

    private static func position(_ row: JSONValue) -> Int {
        Int(row[number]?.integerValue ?? 0)
    }

    private static func print(_ row: JSONValue) -> String {
        Fingerprint(of: [row.json()]).text
    }

    // MARK: - Checks

    /// The last row of the page before must still be what it was.
    private func check(_ cursor: PageCursor, _ source: String) async throws(MegaraptorError) {
        guard cursor.offset > 0 else { return }
        let before = try await read(source, from: cursor.offset - 1, nil, limit: 1)
        guard let row = before.first, Self.print(row) == cursor.print else { throw PageCursor.changed }
    }

    /// No row met the condition: if it names a column that the rows do not have, that is why.
    private func checkColumns(_ condition: RowCondition, _ source: String) async throws(MegaraptorError) {
        guard let first = try await read(source, from: 0, nil, limit: 1).first else { return }
        let columns = RowFields.columns(of: [first])
        for name in condition.columns where !columns.contains(name) {
            let nearest = Spelling.nearest(to: name, among: columns).map { "Did you mean \($0)? " } ?? ""
            throw MegaraptorError(
                .invalidArgument,
                "`where` names \(VisibleText.escape(name)), which is no column of \(source).",
                hint: VisibleText.escape("\(nearest)The columns are: \(columns.joined(separator: ", ")).")
            )
        }
    }
}

extension JSONObject {
    func adding(_ other: JSONObject) -> JSONObject {
        var result = self
        for (key, value) in other { result[key] = value }
        return result
    }
}
