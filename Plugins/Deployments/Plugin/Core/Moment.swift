// SPDX-License-Identifier: Apache-2.0

import Glibc
import JSONValue

/// A moment in whole seconds.
struct Moment: Sendable, Hashable, Comparable {
    let unixSeconds: Int64

    static var now: Moment { Moment(unixSeconds: Int64(time(nil))) }

    init(unixSeconds: Int64) { self.unixSeconds = unixSeconds }

    /// Reads what ``text`` writes; `nil` for anything else.
    init?(_ text: String) {
        guard let microseconds = ISO8601.unixMicroseconds(text) else { return nil }
        unixSeconds = microseconds / 1_000_000
    }

    /// In ISO 8601.
    var text: String { ISO8601.string(unixSeconds: unixSeconds) }

    static func < (left: Moment, right: Moment) -> Bool { left.unixSeconds < right.unixSeconds }
}
