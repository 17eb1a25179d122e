// SPDX-License-Identifier: Apache-2.0

/// A place in a query text.
public struct SourcePosition: Sendable, Hashable, Comparable {
    // Every node holds two of these, so they are kept small. The server takes requests of 4 MiB.
    private let storedByteOffset: UInt32
    private let storedLine: UInt32
    private let storedColumn: UInt32

    /// - Parameters:
    ///   - byteOffset: Bytes of UTF-8 before this place.
    ///   - line: 1-based; only `\n` ends a line.
    ///   - column: 1-based, in code points since the last `\n`; a tab counts as one.
    public init(byteOffset: Int, line: Int, column: Int) {
        storedByteOffset = UInt32(clamping: byteOffset)
        storedLine = UInt32(clamping: line)
        storedColumn = UInt32(clamping: column)
    }

    public var byteOffset: Int { Int(storedByteOffset) }
    public var line: Int { Int(storedLine) }
    public var column: Int { Int(storedColumn) }

    /// The beginning of a text.
    public static let start = SourcePosition(byteOffset: 0, line: 1, column: 1)

    public static func < (left: SourcePosition, right: SourcePosition) -> Bool {
        left.byteOffset < right.byteOffset
    }
}
