// SPDX-License-Identifier: Apache-2.0

internal import JSONValue

extension FittedRows {
    /// What the reader must know of how the rows were fitted, a sentence each.
    var remarks: [String] {
        var remarks: [String] = []
        if !emptyColumns.isEmpty {
            remarks.append("Null in every row, left out: \(VisibleText.escape(emptyColumns.joined(separator: ", "))).")
        }
        if !shortened.isEmpty {
            remarks.append(
                """
                \(shortened.count) wide cells show their beginning and full length only. Ask for fewer rows or columns, \
                or a larger max_result_bytes, to see them whole.
                """
            )
        }
        return remarks
    }

    /// The shortened cells: `[{row, column, bytes}]`.
    var shortenedJSON: JSONValue {
        .array(
            shortened.map { cell in
                ["row": JSONValue(cell.row), "column": .string(cell.column), "bytes": JSONValue(cell.bytes)]
            }
        )
    }
}
