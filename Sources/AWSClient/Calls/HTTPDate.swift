// SPDX-License-Identifier: Apache-2.0

import JSONValue

/// The moment in a `Date` field: `Mon, 24 Sep 2029 08:49:37 GMT`.
enum HTTPDate {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// - Returns: seconds since 1970; `nil` where it is written in another way.
    static func unixSeconds(_ text: String) -> Int64? {
        let words = text.split(separator: " ")
        guard words.count == 6, words[5] == "GMT", let month = months.firstIndex(where: { $0 == words[2] }) else {
            return nil
        }
        let number = month + 1 < 10 ? "0\(month + 1)" : "\(month + 1)"
        return ISO8601.unixMicroseconds("\(words[3])-\(number)-\(words[1])T\(words[4])Z").map { $0 / 1_000_000 }
    }
}
