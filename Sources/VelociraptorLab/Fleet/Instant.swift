// SPDX-License-Identifier: Apache-2.0

import JSONValue

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A moment, in microseconds since 1970 UTC: the unit in which Velociraptor keeps most of its times.
struct Instant: Sendable, Hashable, Comparable {
    var microseconds: Int64

    init(microseconds: Int64) { self.microseconds = microseconds }
    init(seconds: Int64) { microseconds = seconds * 1_000_000 }

    /// The wall clock.
    static func now() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
    }

    var seconds: Int64 { microseconds / 1_000_000 }

    static func < (left: Instant, right: Instant) -> Bool { left.microseconds < right.microseconds }

    /// The moment `duration` earlier.
    func before(_ duration: Span) -> Instant { Instant(microseconds: microseconds - duration.microseconds) }
    /// The moment `duration` later.
    func after(_ duration: Span) -> Instant { Instant(microseconds: microseconds + duration.microseconds) }
}

/// A length of time with names that read well in tables: `.hours(26)`.
struct Span: Sendable, Hashable {
    var microseconds: Int64

    static func days(_ count: Int64) -> Span { .hours(24 * count) }
    static func hours(_ count: Int64) -> Span { .minutes(60 * count) }
    static func minutes(_ count: Int64) -> Span { .seconds(60 * count) }
    static func seconds(_ count: Int64) -> Span { .milliseconds(1000 * count) }
    static func milliseconds(_ count: Int64) -> Span { Span(microseconds: 1000 * count) }
}

// MARK: - Text

extension Instant {
    /// `2026-11-23T05:50:23Z`, with a fraction only where there is one: how Velociraptor writes times in JSON.
    var rfc3339: String {
        guard microseconds % 1_000_000 != 0 else { return ISO8601.string(unixSeconds: seconds) }
        var text = ISO8601.string(unixMicroseconds: microseconds).dropLast()
        while text.hasSuffix("0") { text.removeLast() }
        return text + "Z"
    }

    /// Reads ``rfc3339``; `nil` for any other text.
    init?(rfc3339 text: String) {
        guard let microseconds = ISO8601.unixMicroseconds(text) else { return nil }
        self.init(microseconds: microseconds)
    }
}
