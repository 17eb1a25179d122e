// SPDX-License-Identifier: Apache-2.0

import JSONValue
import Testing
import VQLEvaluator

@Suite("Values")
struct ValueTests {
    @Test(
        "Values are written as JSON in the server's spelling",
        arguments: [
            (VQLValue.double(1.0), "1"), (.double(0.1), "0.1"), (.double(1e21), "1e+21"),
            (.double(1e20), "100000000000000000000"),
            (.double(1.5e-7), "1.5e-7"), (.double(-0.000001), "-0.000001"), (.double(.infinity), "null"),
            (.integer(.min), "-9223372036854775808"), (.unsigned(.max), "18446744073709551615"),
            (.string(VQLString(bytes: [0x61, 0xE9])), "\"a\u{FFFD}\""),
            (.text("a\"\\\n\u{1}\u{2028}"), #""a\"\\\n\u0001\u2028""#),
            (.text("<é&>"), "\"<é&>\""),
            (.time(VQLTime(seconds: 1, nanoseconds: 500_000_000)), "\"1970-01-01T00:00:01.5Z\""),
            (["a": [1, nil, true]], #"{"a":[1,null,true]}"#),
        ] as [(VQLValue, String)]
    )
    func json(value: VQLValue, text: String) {
        #expect(value.jsonText == text)
    }

    @Test(
        "JSON comes back as it went in",
        arguments: [#"{"a":[1,-2,2.5,null,"x",true],"b":{"c":9223372036854775807}}"#]
    )
    func roundTrip(text: String) throws {
        let json = try JSONValue(json: text)
        #expect(VQLValue(json: json).json == json)
        #expect(VQLValue(json: json).jsonText == text)
    }

    @Test(
        "Moments are read from what the server reads them from",
        arguments: [
            ("timestamp(epoch=1600000000)", "2020-09-13T12:26:40Z"),
            ("timestamp(epoch=1600000000123)", "2020-09-13T12:26:40.123Z"),
            ("timestamp(epoch=1600000000123456)", "2020-09-13T12:26:40.123456Z"),
            ("timestamp(epoch='2020-01-31T10:00:00+02:00')", "2020-01-31T08:00:00Z"),
            ("timestamp(winfiletime=132444736000000000)", "2020-09-13T12:26:40Z"),
            ("timestamp(string='31/01/2020', format='02/01/2006')", "2020-01-31T00:00:00Z"),
            ("timestamp(epoch=0)", "0001-01-01T00:00:00Z"),
        ]
    )
    func moments(call: String, text: String) async throws {
        let outcome = try await QueryEngine.underTest.outcome(of: "SELECT \(call) AS A FROM scope()")
        #expect(outcome.rows == [["A": .string(text)]])
    }

    @Test(
        "A moment has the members that the server gives it",
        arguments: [
            ("YearDay", "327"), ("ISOWeek", "2026"), ("Weekday", "1"), ("String", #""2026-11-23T04:54:39Z""#),
            ("UTC", #""2026-11-23T04:54:39.874901Z""#), ("UnixMilli", "1795409679874"), ("Zone", #""UTC""#),
            ("IsDST", "false"), ("Nosuch", "null"),
        ]
    )
    func membersOfMoments(name: String, json: String) async throws {
        let vql = "SELECT timestamp(epoch=1795409679874901).\(name) AS A FROM scope()"
        #expect(try await QueryEngine.underTest.outcome(of: vql).rows.first?["A"]?.json() == json)
    }

    @Test(
        "The ISO year of a week that spans two years is that of its Thursday",
        arguments: [
            ("2021-01-03", "2020"), ("2020-12-31", "2020"), ("2024-12-30", "2025"), ("2023-01-01", "2022"),
        ]
    )
    func yearOfWeek(date: String, year: String) async throws {
        let vql = "SELECT timestamp(epoch='\(date)').ISOWeek AS A FROM scope()"
        #expect(try await QueryEngine.underTest.outcome(of: vql).rows.first?["A"]?.json() == year)
    }

    @Test("set() changes the dictionary that others hold too")
    func sharedDictionary() async throws {
        let outcome = try await QueryEngine.underTest.outcome(
            of: "LET d <= dict(a=1) LET _ <= set(item=d, field='b', value=2) SELECT d FROM scope()"
        )
        #expect(outcome.rows == [["d": ["a": 1, "b": 2]]])
    }

    @Test("A row of many columns keeps them all in order, and finds each")
    func wideRow() {
        let row = VQLRow((0..<100).map { ("c\($0)", .integer(Int64($0))) })
        #expect(row.names == (0..<100).map { "c\($0)" })
        #expect((0..<100).allSatisfy { row["c\($0)"]?.integerValue == Int64($0) })
        var changed = row
        changed["c50"] = nil
        #expect(changed.count == 99)
        #expect(changed["c99"]?.integerValue == 99)
        #expect(changed.position(of: "c50") == nil)
    }
}
