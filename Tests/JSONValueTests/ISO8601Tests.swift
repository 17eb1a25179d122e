// SPDX-License-Identifier: Apache-2.0

import JSONValue
import Testing

@Suite("Moments in ISO 8601")
struct ISO8601Tests {
    private static let moments: [(Int64, String)] = [
        (0, "1970-01-01T00:00:00Z"), (1_795_448_998, "2026-11-23T15:49:58Z"), (-1, "1969-12-31T23:59:59Z"),
        (951_782_400, "2000-02-29T00:00:00Z"), (4_107_542_400, "2100-03-01T00:00:00Z"),
        (4_107_542_399, "2100-02-28T23:59:59Z"), (-62_135_596_800, "0001-01-01T00:00:00Z"),
        (253_402_300_799, "9999-12-31T23:59:59Z"), (1_709_251_199, "2024-02-29T23:59:59Z"),
    ]

    @Test("Seconds are written and read back", arguments: moments)
    func seconds(unix: Int64, text: String) {
        #expect(ISO8601.string(unixSeconds: unix) == text)
        #expect(ISO8601.unixMicroseconds(text) == unix * 1_000_000)
    }

    @Test("Fractions are written at fixed width and cut, not rounded")
    func fractions() {
        let micros: Int64 = 1_795_448_998_000_999
        #expect(ISO8601.string(unixMicroseconds: micros) == "2026-11-23T15:49:58.000999Z")
        #expect(ISO8601.string(unixMicroseconds: micros, fraction: .milliseconds) == "2026-11-23T15:49:58.000Z")
        #expect(ISO8601.string(unixMicroseconds: micros, fraction: .none) == "2026-11-23T15:49:58Z")
        #expect(ISO8601.string(unixMicroseconds: -1) == "1969-12-31T23:59:59.999999Z")
    }

    @Test("The calendar agrees with the C library over eight hundred years")
    func everyDay() {
        var seconds = Int64(-11_676_096_000)
        while seconds < 13_569_465_600 {
            let text = ISO8601.string(unixSeconds: seconds)
            #expect(text == cLibraryText(seconds))
            #expect(ISO8601.unixMicroseconds(text) == seconds * 1_000_000)
            seconds += 86_400 * 13 + 3607
        }
    }

    private static let readable: [(String, Int64)] = [
        ("1970-01-01T01:00:00+01:00", 0), ("1970-01-01t00:00:00.5z", 500_000), ("1969-12-31T23:30:00-00:30", 0),
        ("1970-01-01 00:00:00.1234567Z", 123_456), ("1972-06-30T23:59:60Z", 78_796_800_000_000),
    ]

    @Test("Offsets, fractions and leap seconds are read", arguments: readable)
    func reading(text: String, micros: Int64) {
        #expect(ISO8601.unixMicroseconds(text) == micros)
    }

    @Test(
        "What is no moment is not read",
        arguments: [
            "", "2026-11-23", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z",
            "2026-01-00T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z", "2026-01-01T00:00:61Z",
            "2026-01-01T12:00:60Z", "2026-01-01T00:00:00", "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00Z ",
            "2026-1-01T00:00:00Z", "2026-01-01T00:00:00+0100", "2026-01-01T00:00:00+24:00", "२०२६-01-01T00:00:00Z",
        ]
    )
    func refused(text: String) {
        #expect(ISO8601.unixMicroseconds(text) == nil)
    }
}
