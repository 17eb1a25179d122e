// SPDX-License-Identifier: Apache-2.0

/// Rows in columns that fit the terminal: the widest columns give way first, the one with the names last. What is cut
/// ends in `…`.
struct TextTable {
    private let header: [String]
    private var rows: [[String]] = []

    private static let gap = "  "
    /// No column gets narrower than this, unless it is.
    private static let narrowest = 8

    init(_ header: String...) {
        self.header = header
    }

    mutating func add(_ cells: String...) {
        rows.append(cells.map(\.printable))
    }

    /// The lines, each ended.
    func text(width: Int = TerminalText.width) -> String {
        let widths = widths(within: width)
        return ([header] + rows).reduce(into: "") { text, cells in
            let columns = zip(cells, widths).map(Self.fit)
            text += columns.joined(separator: Self.gap).trimmingTrailingBlanks + "\n"
        }
    }

    private func widths(within width: Int) -> [Int] {
        var widths = header.indices.map { column in ([header] + rows).map { $0[column].count }.max() ?? 0 }
        let room = width - Self.gap.count * (header.count - 1)
        for columns in [1..<widths.count, 0..<widths.count] {
            while widths.reduce(0, +) > room, let widest = widths[columns].max(), widest > Self.narrowest {
                guard let column = widths[columns].lastIndex(of: widest) else { break }
                widths[column] -= 1
            }
        }
        return widths
    }

    private static func fit(_ cell: String, _ width: Int) -> String {
        cell.count > width
            ? cell.prefix(width - 1) + "…" : cell + String(repeating: " ", count: width - cell.count)
    }
}

extension String {
    fileprivate var trimmingTrailingBlanks: String {
        String(self[..<(lastIndex { $0 != " " }.map(index(after:)) ?? startIndex)])
    }
}
