// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors

/// As many whole rows, from the first on, as fit into a number of bytes.
///
/// A row is never cut. Columns without a single value are left out and named. Only where not all rows fit are wide
/// cells shortened, and then their full length is told.
struct FittedRows: Sendable {
    /// A cell that shows only the beginning of its value.
    struct ShortenedCell: Sendable, Hashable {
        /// Counted from the first of these rows.
        var row: Int
        var column: String
        /// The length of the whole value as JSON.
        var bytes: Int
    }

    private(set) var rows: [JSONObject] = []
    /// In the order in which they were first seen.
    private(set) var columns: [String] = []
    private(set) var emptyColumns: [String] = []
    private(set) var shortened: [ShortenedCell] = []

    /// How much of a wide cell is kept, tried in turn until at least one row fits.
    private static let cellLimits = [512, 160, 48]

    /// - Throws: `resource_exhausted` where not even one row fits.
    init(_ values: [JSONValue], bytes budget: Int) throws(MegaraptorError) {
        guard !values.isEmpty else { return }
        let whole = withoutEmptyColumns(values)
        if Self.count(of: whole, fitting: budget) == whole.count {
            rows = whole
            return
        }
        for limit in Self.cellLimits {
            take(whole, bytes: budget, cellLimit: limit)
            if !rows.isEmpty { return }
        }
        throw MegaraptorError(
            .resourceExhausted,
            "A single row, with \(columns.count) columns, is larger than this result may be (\(budget) bytes for rows).",
            hint: "Name the columns that matter with `fields`, or allow more with `max_result_bytes`."
        )
    }

    private mutating func withoutEmptyColumns(_ values: [JSONValue]) -> [JSONObject] {
        var hasValue: [String: Bool] = [:]
        var order: [String] = []
        for value in values {
            for (key, cell) in value.objectValue ?? [:] {
                if hasValue[key] == nil { order.append(key) }
                hasValue[key] = hasValue[key] == true || !cell.isNull
            }
        }
        columns = order.filter { hasValue[$0] == true }
        emptyColumns = order.filter { hasValue[$0] == false }
        guard !emptyColumns.isEmpty else { return values.map { $0.objectValue ?? [:] } }
        return values.map { value in JSONObject((value.objectValue ?? [:]).filter { hasValue[$0.key] == true }) }
    }

    /// How many rows, from the first on, fit.
    private static func count(of rows: [JSONObject], fitting budget: Int) -> Int {
        var left = budget
        for (index, row) in rows.enumerated() {
            left -= row.jsonSize + 1
            if left < 0 { return index }
        }
        return rows.count
    }

    private mutating func take(_ whole: [JSONObject], bytes budget: Int, cellLimit: Int) {
        shortened = []
        var left = budget
        for row in whole {
            var cells: [ShortenedCell] = []
            let fitted = JSONObject(
                row.map { column, value in
                    guard let (short, size) = value.shortened(to: cellLimit) else { return (column, value) }
                    cells.append(ShortenedCell(row: rows.count, column: column, bytes: size))
                    return (column, short)
                }
            )
            left -= fitted.jsonSize + 1
            guard left >= 0 else { return }
            rows.append(fitted)
            shortened += cells
        }
    }
}

extension JSONObject {
    /// How long the object is as shown: JSON with unseen characters escaped.
    var jsonSize: Int { VisibleText.escape(JSONValue.object(self).json()).utf8.count }
}

extension JSONValue {
    /// The beginning of the value, with its full length, where it is longer than `limit` bytes.
    fileprivate func shortened(to limit: Int) -> (value: JSONValue, size: Int)? {
        switch self {
        case .string(let text) where text.utf8.count > limit:
            return (.string(text.beginning(limit) + "… (\(text.utf8.count) bytes in all)"), text.utf8.count)
        case .array, .object:
            let text = json()
            guard text.utf8.count > limit else { return nil }
            return (.string(text.beginning(limit) + "… (\(text.utf8.count) bytes of JSON in all)"), text.utf8.count)
        default: return nil
        }
    }
}

extension String {
    /// The characters of the first `limit` bytes.
    fileprivate func beginning(_ limit: Int) -> Substring {
        var end = startIndex
        var size = 0
        while end < endIndex {
            size += self[end].utf8.count
            if size > limit { break }
            end = index(after: end)
        }
        return self[..<end]
    }
}
