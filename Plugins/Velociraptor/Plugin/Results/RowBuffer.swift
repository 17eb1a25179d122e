// SPDX-License-Identifier: Apache-2.0

public import JSONValue

/// The rows of one statement as the server wrote them: checked, counted, never read.
public struct RowBuffer: Sendable, Hashable {
    /// The columns of all rows, in the order in which they were first seen.
    public private(set) var columns: [String] = []
    /// The rows' bytes one after the other, a comma between two. Without line breaks.
    private var bytes: [UInt8] = []
    /// Where each row ends in ``bytes``.
    private var ends: [Int] = []

    public init() {}

    public var count: Int { ends.count }

    /// Adds the rows of a JSON array, but no more than `limit`.
    ///
    /// - Returns: how many were added and whether some were left out.
    public mutating func append(
        _ json: String,
        columns newColumns: [String],
        limit: Int
    ) throws(JSONError) -> (added: Int, leftOut: Bool) {
        for column in newColumns where !columns.contains(column) { columns.append(column) }
        var json = json
        let outcome = json.withUTF8 { text in
            Result { () throws(JSONError) in try append(UnsafeRawBufferPointer(text), limit: limit) }
        }
        return try outcome.get()
    }

    private mutating func append(
        _ json: UnsafeRawBufferPointer,
        limit: Int
    ) throws(JSONError) -> (added: Int, leftOut: Bool) {
        let rows = try JSONScanner.elements(of: json)
        let added = rows.prefix(max(0, limit))
        for row in added {
            if !ends.isEmpty { bytes.append(UInt8(ascii: ",")) }
            let text = UnsafeRawBufferPointer(rebasing: json[row])
            // The server writes a row on one line. Should another version not do so, the row is rewritten.
            if text.contains(where: { $0 == 0x0A || $0 == 0x0D }) {
                try JSONScanner.compact(text, into: &bytes)
            } else {
                bytes.append(contentsOf: text)
            }
            ends.append(bytes.count)
        }
        return (added.count, added.count < rows.count)
    }

    /// The bytes of one row.
    public func row(_ index: Int) -> ArraySlice<UInt8> {
        bytes[start(of: index)..<ends[index]]
    }

    /// The rows, read.
    public func values() throws(JSONError) -> [JSONValue] {
        var values: [JSONValue] = []
        values.reserveCapacity(count)
        for index in 0..<count { values.append(try JSONValue(json: row(index))) }
        return values
    }

    /// Appends some rows as a JSON array.
    public func writeArray(_ range: Range<Int>, into output: inout [UInt8]) {
        output.append(UInt8(ascii: "["))
        if let last = range.last { output.append(contentsOf: bytes[start(of: range.lowerBound)..<ends[last]]) }
        output.append(UInt8(ascii: "]"))
    }

    /// How many bytes the rows from one on take.
    public func size(from first: Int) -> Int {
        first < count ? bytes.count - start(of: first) : 0
    }

    private func start(of row: Int) -> Int { row == 0 ? 0 : ends[row - 1] + 1 }
}
