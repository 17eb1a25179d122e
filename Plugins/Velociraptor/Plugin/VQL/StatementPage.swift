// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors

/// The rows of one statement that fit, as text and as structure.
struct StatementPage {
    private enum Body {
        /// Read, and fitted if need be.
        case fitted(FittedRows)
        /// The server's own bytes: more than anybody reads as a table.
        case raw(RowBuffer, Range<Int>)
    }

    /// Rows above this size are passed on as the server wrote them.
    private static let readLimit = 256 << 10

    let number: Int
    let count: Int
    /// How many bytes of the budget are used.
    let bytes: Int
    private let columns: [String]
    private let first: Int
    private let body: Body

    /// A statement that gave no row.
    init(number: Int, of rows: RowBuffer) {
        self.number = number
        count = 0
        bytes = 0
        columns = rows.columns
        first = 0
        body = .raw(rows, 0..<0)
    }

    /// - Throws: `resource_exhausted` where not even the first row fits.
    init(number: Int, of rows: RowBuffer, from start: Int, bytes budget: Int) throws(MegaraptorError) {
        self.number = number
        first = start
        columns = rows.columns
        let whole = rows.size(from: start)
        if whole > Self.readLimit, whole <= budget {
            count = rows.count - start
            bytes = whole
            body = .raw(rows, start..<rows.count)
            return
        }
        let fitted = try FittedRows(try Self.values(rows, from: start, bytes: budget), bytes: budget)
        count = fitted.rows.count
        bytes = fitted.rows.reduce(0) { $0 + $1.jsonSize + 1 }
        body = .fitted(fitted)
    }

    /// Rows enough to fill the budget, also where their cells are shortened.
    private static func values(
        _ rows: RowBuffer,
        from start: Int,
        bytes budget: Int
    ) throws(MegaraptorError) -> [JSONValue] {
        var values: [JSONValue] = []
        var size = 0
        do {
            for index in start..<rows.count {
                values.append(try JSONValue(json: rows.row(index)))
                size += rows.row(index).count
                // Shortened to its least, a row still takes a part of its size.
                if size > 64 * budget { break }
            }
        } catch {
            throw MegaraptorError(.internal, "A row of the server could not be read.", cause: "\(error)")
        }
        return values
    }

    // MARK: - Structure

    func write(into output: inout [UInt8]) {
        var head: JSONObject = [
            "statement": JSONValue(number), "columns": .array(columns.map(JSONValue.string)),
            "row_count": JSONValue(count), "first_row": JSONValue(first),
        ]
        var rows: [UInt8] = []
        switch body {
        case .fitted(let fitted):
            head["empty_columns"] = .array(fitted.emptyColumns.map(JSONValue.string))
            head["shortened_cells"] = fitted.shortenedJSON
            rows = JSONValue.array(fitted.rows.map(JSONValue.object)).jsonBytes()
        case .raw(let buffer, let range):
            head["empty_columns"] = []
            head["shortened_cells"] = []
            buffer.writeArray(range, into: &rows)
        }
        var bytes: [UInt8] = []
        JSONValue.object(head).jsonBytes().withUnsafeBytes { VisibleText.escape($0, into: &bytes) }
        output.append(contentsOf: bytes.dropLast())
        output.append(contentsOf: #","rows":"#.utf8)
        rows.withUnsafeBytes { VisibleText.escape($0, into: &output) }
        output.append(UInt8(ascii: "}"))
    }

    // MARK: - Text

    func writeText(into text: inout [UInt8]) {
        switch body {
        case .fitted(let fitted):
            guard !fitted.rows.isEmpty else { return }
            for line in [RowText.text(fitted.rows, columns: fitted.columns)] + fitted.remarks {
                text.append(contentsOf: line.utf8)
                text.append(UInt8(ascii: "\n"))
            }
        case .raw(let rows, let range):
            for index in range {
                rows.row(index).withUnsafeBytes { VisibleText.escape($0, into: &text) }
                text.append(UInt8(ascii: "\n"))
            }
        }
    }
}
