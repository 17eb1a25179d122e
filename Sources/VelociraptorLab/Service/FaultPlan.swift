// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What is to go wrong with a call, for tests of clients.
///
/// Written as `name=value`, parted by commas. A query brings its plan in the environment variable `LAB_FAULT` of its
/// request; a plan for every call stands in the file `fault` in the lab's folder, for as long as the file is there, or
/// comes from ``RunningLab/setFault(_:)``.
///
/// | fault | effect |
/// |---|---|
/// | `delay=MS` | the call begins that much later |
/// | `row_delay=MS` | the query pauses before each row |
/// | `drop_after=ROWS` | the server breaks all connections after that many rows, and listens again |
/// | `unavailable` | the call fails with UNAVAILABLE at once |
struct FaultPlan: Sendable, Hashable {
    /// Thrown from a query's row when the connection is to break.
    struct Drop: Error {}

    var delay = 0
    var rowDelay = 0
    var dropAfter: Int?
    var isUnavailable = false

    static let none = FaultPlan()

    /// The name of the request's variable, and of the variable a query does not see.
    static let variable = "LAB_FAULT"

    private init() {}

    /// Reads a plan. What is not understood is an error, so that a test does not pass for want of its fault.
    init(_ text: String) throws(FaultPlanError) {
        for entry in text.split(whereSeparator: { $0 == "," || $0.isWhitespace }) {
            let parts = entry.split(separator: "=", maxSplits: 1)
            let value = parts.count > 1 ? Int(parts[1]) : nil
            switch (parts[0], value) {
            case ("delay", let value?): delay = value
            case ("row_delay", let value?): rowDelay = value
            case ("drop_after", let value?): dropAfter = value
            case ("unavailable", nil) where parts.count == 1: isUnavailable = true
            default: throw FaultPlanError(entry: String(entry))
            }
        }
    }

    /// Called on the query's thread before each row, which it holds back by ``rowDelay``.
    ///
    /// - Parameter check: throws when nobody waits for the row any more.
    func beforeRow(_ number: Int, _ check: () throws -> Void) throws {
        if let dropAfter, number > dropAfter { throw Drop() }
        var left = rowDelay
        while left > 0 {
            try check()
            let slice = min(left, 20)
            Thread.sleep(forTimeInterval: Double(slice) / 1000)
            left -= slice
        }
    }

    /// Both plans at once; where they differ, `other` counts.
    func merged(with other: FaultPlan) -> FaultPlan {
        var merged = self
        merged.delay = max(delay, other.delay)
        merged.rowDelay = max(rowDelay, other.rowDelay)
        merged.dropAfter = other.dropAfter ?? dropAfter
        merged.isUnavailable = isUnavailable || other.isUnavailable
        return merged
    }
}

/// A fault nobody knows.
struct FaultPlanError: Error {
    var entry: String
}
