// SPDX-License-Identifier: Apache-2.0

import JSONValue
import Testing
import VQLEvaluator

@Suite("Built-in functions and plugins")
struct BuiltinTests {
    @Test(
        "A function gives its value",
        arguments: [
            (
                "format(format='%05.1f|%-4d|%x|%q|%t', args=(3.14159, 7, 255, 'a', TRUE))",
                #""003.1|7   |ff|\"a\"|true""#
            ),
            ("format(format='%d %d', args=(1,))", #""1 %!d(MISSING)""#),
            ("format(format='%d', args='x')", #""%!d(string=x)""#),
            ("join(array=('a','b'), sep='-')", #""a-b""#),
            ("split(string='a, b,c', sep=', ?')", #"["a","b","c"]"#),
            ("split(string='a.b', sep_string='.')", #"["a","b"]"#),
            ("strip(string='  a ')", #""a""#), ("strip(string='prefix-a', prefix='prefix-')", #""a""#),
            ("regex_replace(source='a1b22', re='[0-9]+', replace='<$0>')", #""a<1>b<22>""#),
            ("parse_string_with_regex(string='k=v', regex='(?P<Key>.)=(.)')", #"{"Key":"k","g2":"v"}"#),
            ("base64decode(string=base64encode(string='héllo'))", #""héllo""#), ("unhex(string='0x4142')", #""AB""#),
            ("rot13(string='Hello')", #""Uryyb""#), ("substr(str='hello', start=1, end=3)", #""el""#),
            ("upcase(string='aé')", #""AÉ""#),
            ("to_dict(item={SELECT 'a' AS _key, 1 AS _value FROM scope()})", #"{"a":1}"#),
            ("all(items=(1,2), filter='x=>x > 0')", "true"), ("any(items=('a','b'), regex='B')", "true"),
            ("serialize(item=dict(a=1))", #""{\"a\":1}""#),
            ("serialize(item={SELECT 1 AS A, 'x,y' AS B FROM scope()}, format='csv')", #""A,B\n1,\"x,y\"\n""#),
            ("template(template='{{ .a.b }}!', expansion=dict(a=dict(b=5)))", #""5!""#),
            ("timestamp_format(time=1600000000, format='Jan 2 15:04')", #""Sep 13 12:26""#),
            ("basename(path='/a/b.txt')", #""b.txt""#), ("dirname(path='/a/b.txt')", #""/a""#),
            ("parse_float(string='1.25')", "1.25"), ("slice(list=(1,2,3), start=1, end=3)", "[2,3]"),
        ]
    )
    func function(call: String, json: String) async throws {
        let outcome = try await QueryEngine.underTest.outcome(of: "SELECT \(call) AS A FROM scope()")
        #expect(outcome.rows.first?["A"]?.json() == json)
        #expect(outcome.lines == [])
    }

    @Test(
        "A plugin gives its rows",
        arguments: [
            ("dedup(key='A', query={SELECT _value / 2 > 1 AS A FROM range(end=6)})", #"[{"A":false},{"A":true}]"#),
            ("for(var='x', foreach=(1,2), query={SELECT x + 1 AS A FROM scope()})", #"[{"A":2},{"A":3}]"#),
            ("column_filter(query={SELECT 1 AS Aa, 2 AS B FROM scope()}, exclude='^a')", #"[{"B":2}]"#),
            ("range(start=5, end=8)", #"[{"_value":5},{"_value":6},{"_value":7}]"#),
        ]
    )
    func plugin(call: String, json: String) async throws {
        let outcome = try await QueryEngine.underTest.outcome(of: "SELECT * FROM \(call)")
        #expect(JSONValue.array(outcome.rows).json() == json)
        #expect(outcome.lines == [])
    }

    @Test("clock() gives the moment for as long as somebody listens")
    func clock() async throws {
        let outcome = try await QueryEngine.underTest.outcome(of: "SELECT * FROM clock(ms=1) LIMIT 3")
        #expect(outcome.rows.count == 3)
        #expect(outcome.rows.first?.objectValue?.count == 19)
    }

    @Test("help() describes what can be called, with arguments and permissions")
    func help() async throws {
        let outcome = try await QueryEngine.underTest.outcome(of: "SELECT * FROM help() WHERE name = 'execve'")
        #expect(outcome.rows.count == 1)
        #expect(outcome.rows.first?["type"] == "Plugin")
        #expect(outcome.rows.first?["metadata"]?["permissions"] == "EXECVE")
    }

    @Test("query() runs text as another statement list, and refuses what is no VQL")
    func query() async throws {
        let engine = QueryEngine.underTest
        let inner = try await engine.outcome(of: "SELECT * FROM query(query='SELECT X FROM scope()', env=dict(X=7))")
        #expect(inner.rows == [["X": 7]])
        let broken = try await engine.outcome(of: "SELECT * FROM query(query='SELECT 1 FRM scope()')")
        #expect(broken.rows.isEmpty)
        #expect(broken.lines.count == 1)
        #expect(broken.lines.first?.hasPrefix("ERROR:query: SELECT 1 |FRM scope(: 1:10: unexpected token") == true)
    }

    @Test("A syntax error anywhere runs nothing")
    func syntaxError() async throws {
        let outcome = try await QueryEngine.underTest.outcome(of: "LET x <= log(message='ran') SELECT FRM")
        #expect(outcome.rows.isEmpty)
        #expect(outcome.lines.count == 1)
        #expect(outcome.lines.first?.hasPrefix("VQL Error: ") == true)
    }

    @Test("alert() adds one line with its event, which is not repeated")
    func alert() async throws {
        let outcome = try await QueryEngine.underTest.outcome(
            of: "SELECT alert(name='n', Path='p', dedup=60) AS A FROM range(end=3)"
        )
        #expect(outcome.rows.count == 3)
        #expect(outcome.lines.count == 1)
        #expect(outcome.lines.first?.hasPrefix(#"ALERT:{"name":"n","timestamp":"#) == true)
        #expect(outcome.lines.first?.hasSuffix(#""event_data":{"Path":"p"}}"#) == true)
    }
}
