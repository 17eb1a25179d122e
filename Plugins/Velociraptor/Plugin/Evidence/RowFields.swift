// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors

/// The columns that a caller wants, such as `Name` or, inside of one, `Hash.SHA256`.
struct RowFields: Sendable, Hashable {
    let names: [String]

    /// - Throws: `invalid_argument` for a column that no row has: it would look like one without values.
    func select(from rows: [JSONValue]) throws(MegaraptorError) -> [JSONValue] {
        guard !names.isEmpty, !rows.isEmpty else { return rows }
        let columns = Self.columns(of: rows)
        for name in names where !rows.contains(where: { Self.value(name, in: $0) != nil }) {
            let nearest = Spelling.nearest(to: name, among: columns).map { "Did you mean \($0)? " } ?? ""
            throw MegaraptorError(
                .invalidArgument,
                "No row has a column \(VisibleText.escape(name)).",
                hint: VisibleText.escape("\(nearest)The columns are: \(columns.joined(separator: ", ")).")
            )
        }
        return rows.map { row in
            .object(JSONObject(names.compactMap { name in Self.value(name, in: row).map { (name, $0) } }))
        }
    }

    /// The columns of all rows, each once.
    static func columns(of rows: [JSONValue]) -> [String] {
        var columns: [String] = []
        var known: Set<String> = []
        for row in rows {
            for key in row.objectValue?.keys ?? [] where known.insert(key).inserted { columns.append(key) }
        }
        return columns
    }

    private static func value(_ name: String, in row: JSONValue) -> JSONValue? {
        if let value = row[name] { return value }
        var value = row
        for part in name.split(separator: ".", omittingEmptySubsequences: false) {
            guard let next = value[String(part)] else { return nil }
            value = next
        }
        return value
    }
}
