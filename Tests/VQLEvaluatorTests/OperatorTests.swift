// SPDX-License-Identifier: Apache-2.0

import JSONValue
import Testing
import VQLEvaluator

@Suite("Operators")
struct OperatorTests {
    @Test(
        "An expression has the value that the server gives it",
        arguments: [
            // Sums
            ("1 + 2", "3"), ("1 + 1.5", "2.5"), ("9223372036854775807 + 1", "-9223372036854775808"),
            ("'a' + 'b'", #""ab""#), ("1 + '1'", "null"), ("NULL + 1", "null"), ("TRUE + 1", "null"),
            ("(1,2) + NULL", "[1,2,null]"), ("3 + (1,2)", "[3,1,2]"), ("(1,2) + (3,4)", "[1,2,3,4]"),
            ("dict(a=1) + dict(a=2, b=3)", #"{"a":2,"b":3}"#), ("dict(a=1) + 1", "null"),
            // Differences
            ("3 - TRUE", "2"), ("3 - 1.5", "1.5"), ("'a' - 'b'", "null"),
            ("dict(a=1, b=2) - dict(a=9)", #"{"b":2}"#),
            // Products and quotients
            ("'ab' * 3", #""ababab""#), ("3 * 'ab'", "null"), ("'ab' * 0", #""""#), ("3 * TRUE", "3"),
            ("7 / 2", "3.5"), ("6 / 2", "3"), ("1 / 0", "null"), ("0 / 2.5", "null"), ("0.0 / 2.5", "0"),
            // Equality
            ("1 = 1.0", "true"), ("TRUE = 1", "true"), ("'5' = 5", "false"), ("NULL = NULL", "true"),
            ("NULL = 0", "false"), ("(1,2) = (1.0,2)", "true"), ("dict(a=1) = dict(a=1)", "true"),
            ("'a' = 'A'", "false"), ("1 <> 2", "false"), ("9007199254740993 = 9007199254740992.0", "true"),
            // Order
            ("NULL < 1", "false"), ("NULL <= NULL", "true"), ("'b' < 'a'", "false"), ("'C' < 'a'", "true"),
            ("TRUE < 2", "true"), ("TRUE > 0", "false"), ("2 > TRUE", "false"), ("'1' < 2", "true"),
            ("'a' > 1", "true"), ("1 > '0'", "false"), ("5 < 3 < 10", "true"), ("1 < 5 < 3", "true"),
            // Membership
            ("'a' IN 'cat'", "true"), ("'x' IN dict(x=1)", "true"), ("1 IN (1,2)", "true"), ("1 IN 1", "false"),
            ("'1' IN (1,2)", "false"),
            // Patterns
            ("'ABC' =~ 'b'", "true"), ("'ABC' =~ '(?-i)b'", "false"), ("NULL =~ '.'", "true"),
            ("NULL =~ 'a'", "false"), ("5 =~ '5'", "true"), ("5 =~ 5", "false"), ("('abc','def') =~ 'E'", "true"),
            // Logic
            ("5 AND 6", "true"), ("5 && 6", "6"), ("5 AND 0", "false"), ("0 OR 6", "true"), ("0 || 6", "6"),
            ("5 OR 6", "5"), ("TRUE OR TRUE AND FALSE", "false"), ("NOT -1", "true"), ("NOT 0.5", "false"),
            // Indices
            ("(5,6,7)[9]", "5"), ("(5,6,7)[-1]", "7"), ("'hello'[0]", "104"), ("'abc'[5]", "null"),
            ("'abc'[1:]", #""bc""#), ("(5,6).x", "null"), ("dict(a=dict(b=2)).a.b", "2"), ("NULL.x", "null"),
        ]
    )
    func valueIsThatOfTheServer(expression: String, json: String) async throws {
        let outcome = try await QueryEngine.underTest.outcome(of: "SELECT \(expression) AS A FROM scope()")
        #expect(outcome.rows.first?["A"]?.json() == json)
        #expect(outcome.lines == [])
    }

    @Test(
        "Numbers at the edge of their range end nothing but themselves",
        arguments: [
            "timestamp(epoch=1e308 * 10).Year", "timestamp(epoch=-9223372036854775808).YearDay",
            "timestamp(epoch=9223372036854775807).ISOWeek", "timestamp(epoch=1e300).UnixNano",
            "timestamp(cocoatime=9223372036854775807)", "timestamp(mactime=-9223372036854775808)",
            "timestamp(winfiletime=-9223372036854775808)", "format(format='%99999999999d', args=1)",
            "-9223372036854775808 - 1", "-9223372036854775808 * -1", "(1,2)[-9223372036854775808]",
            "'abc'[-9223372036854775808:9223372036854775807]", "'a' * 9223372036854775807", "'' * 9223372036854775807",
            "int(int=1e308)",
            "rand(range=-5) > 0", "(1e308 * 10)[0]", "'x'[1e308:]", "set(item=dict(a=1), field='b', value=1e308 * 10)",
        ]
    )
    func extremes(expression: String) async throws {
        let outcome = try await QueryEngine.underTest.outcome(of: "SELECT \(expression) AS A FROM scope()")
        #expect(outcome.rows.count == 1)
    }

    @Test("range() ends at the last number there is")
    func lastNumber() async throws {
        let outcome = try await QueryEngine.underTest.outcome(
            of: "SELECT * FROM range(start=9223372036854775800, end=9223372036854775807, step=5)"
        )
        #expect(outcome.rows == [["_value": 9_223_372_036_854_775_800], ["_value": 9_223_372_036_854_775_805]])
    }

    @Test("A dictionary can not be put into itself, not even by a detour")
    func cycle() async throws {
        let vql = """
            LET a <= dict(x=1) LET b <= dict(a=a) LET _ <= set(item=a, field='b', value=(1, b)) SELECT a FROM scope()
            """
        let outcome = try await QueryEngine.underTest.outcome(of: vql)
        #expect(outcome.rows == [["a": ["x": 1]]])
        #expect(outcome.lines == ["set: a dict can not contain itself"])
    }

    @Test("A side of AND or OR that cannot matter is not evaluated")
    func logicStopsEarly() async throws {
        let outcome = try await QueryEngine.underTest.outcome(
            of: "SELECT 0 AND log(message='x') AS A, 1 OR log(message='y') AS B FROM scope()"
        )
        #expect(outcome.lines == [])
    }
}
