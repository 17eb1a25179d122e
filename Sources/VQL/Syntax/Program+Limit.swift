// SPDX-License-Identifier: Apache-2.0

extension Program {
    /// The text of a request that is one query without a LIMIT, with one added; `nil` for any other.
    ///
    /// Only right where the query does nothing but read, as the server stops it there. The LIMIT stands before whatever
    /// comment follows, and all positions before it stay what they were. A LIMIT of 0 gives one row, so the least is 1.
    /// - Parameter text: what this program was read from.
    public func text(_ text: String, limitedTo count: Int64) -> String? {
        guard isSingleSelect, let select = selects.first, select.limit == nil, select.explainCount == 0 else {
            return nil
        }
        let bytes = Array(text.utf8)
        let end = select.range.end.byteOffset
        guard end <= bytes.count else { return nil }
        return String(decoding: bytes[..<end], as: UTF8.self) + " LIMIT \(max(1, count)) "
            + String(decoding: bytes[end...], as: UTF8.self)
    }
}
