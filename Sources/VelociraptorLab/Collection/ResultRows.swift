// SPDX-License-Identifier: Apache-2.0

import JSONValue

/// The rows of one source of a flow, made one at a time: some sources have a hundred thousand.
struct ResultRows: Sendable {
    let count: Int
    private let make: @Sendable (Int) -> JSONObject

    static let none = ResultRows([])

    /// - Parameter make: the row at an index from 0 to `count`.
    init(count: Int, _ make: @escaping @Sendable (Int) -> JSONObject) {
        self.count = count
        self.make = make
    }

    init(_ rows: [JSONObject]) {
        self.init(count: rows.count) { rows[$0] }
    }

    subscript(index: Int) -> JSONObject { make(index) }
}
