// SPDX-License-Identifier: Apache-2.0

import JSONValue
import Testing

@Suite("Schema keywords for strings")
struct SchemaStringTests {
    private static let lengths: [SchemaCase] = [
        SchemaCase(
            #"{"minLength":2}"#,
            valid: [#""fo""#, #""foo""#, "1", "null"],
            invalid: [#""f""#, #""""#, #""💩""#]
        ),
        SchemaCase(#"{"maxLength":2}"#, valid: [#""""#, #""💩💩""#, "100"], invalid: [#""foo""#, #""e\u0301x""#]),
        SchemaCase(#"{"minLength":2.0,"maxLength":2e0}"#, valid: [#""ab""#], invalid: [#""a""#, #""abc""#]),
        SchemaCase(#"{"maxLength":1e400}"#, valid: [#""abc""#]),
    ]

    private static let patterns: [SchemaCase] = [
        SchemaCase(#"{"pattern":"^a*$"}"#, valid: [#""""#, #""aaa""#, "1", "{}"], invalid: [#""abc""#]),
        SchemaCase(#"{"pattern":"a+"}"#, valid: [#""xxaayy""#], invalid: [#""xyz""#]),
        SchemaCase(
            #"{"pattern":"^C\\.[0-9a-f]{16}$"}"#,
            valid: [#""C.1352adc54e292a23""#],
            invalid: [#""C.1352""#, #""Cx1352adc54e292a23""#]
        ),
    ]

    private static let formats: [SchemaCase] = [
        SchemaCase(
            #"{"format":"date-time"}"#,
            valid: [
                #""1963-06-19T08:30:06.283185Z""#, #""1998-12-31T23:59:60Z""#, #""1990-12-31T15:59:50.123-08:00""#,
                "12", "null",
            ],
            invalid: [
                #""1998-12-31T23:58:60Z""#, #""1990-02-31T15:59:59Z""#, #""06/19/1963 08:30:06 PST""#,
                #""2013-350T01:01:01""#, #""1963-06-19 08:30:06Z""#, #""1963-06-19T08:30:06""#,
            ]
        ),
        SchemaCase(
            #"{"format":"date"}"#,
            valid: [#""1963-06-19""#, #""2020-02-29""#],
            invalid: [#""2021-02-29""#, #""1998-1-20""#, #""20230328""#, #""2023-W13-2""#, #""1963-06-19T""#]
        ),
        SchemaCase(
            #"{"format":"time"}"#,
            valid: [#""08:30:06Z""#, #""23:59:60Z""#, #""08:30:06+00:20""#],
            invalid: [#""24:00:00Z""#, #""12:00:00""#, #""8:3:6Z""#]
        ),
        SchemaCase(
            #"{"format":"email"}"#,
            valid: [#""joe.bloggs@example.com""#, #""te~st+x@a.b""#],
            invalid: [#""2962""#, #"".test@example.com""#, #""te..st@example.com""#, #""a@b@c""#, #""@x""#, #""a@-b""#]
        ),
        SchemaCase(
            #"{"format":"hostname"}"#,
            valid: [#""www.example.com""#, #""xn--4gbwdl""#, #""hostname""#],
            invalid: [
                #""-a-host""#, #""not_valid""#, #""a..b""#, #""""#, #""host.""#,
                "\"\(String(repeating: "a", count: 64)).com\"",
            ]
        ),
        SchemaCase(
            #"{"format":"ipv4"}"#,
            valid: [#""192.168.0.1""#, #""0.0.0.0""#],
            invalid: [
                #""127.0.0.0.1""#, #""256.0.0.1""#, #""127.0""#, #""0x7f000001""#, #""087.10.0.1""#, #""1.2.3.""#,
                #""1২7.0.0.1""#,
            ]
        ),
        SchemaCase(
            #"{"format":"ipv6"}"#,
            valid: [
                #""::1""#, #""::""#, #""1::""#, #""1:2:3:4:5:6:7:8""#, #""::ffff:192.168.0.1""#, #""1:2::8""#,
                #""::2:3:4:5:6:7:8""#, #""1:2:3:4:5:6:1.2.3.4""#,
            ],
            invalid: [
                #""12345::""#, #""1:1:1:1:1:1:1:1:1""#, #""::laptop""#, #"":2:3:4:5:6:7:8""#, #""1:2:3:4:5:6:7:""#,
                #""1::d6::42""#, #""1.2.3.4::1""#, #""fe80::a%eth1""#, #"":::""#, #""1:2:3:4:5:6:7:8::""#,
                #""::1.2.3""#, #"":""#, #""""#,
            ]
        ),
        SchemaCase(
            #"{"format":"uri"}"#,
            valid: [
                #""http://foo.bar/?baz=qux#quux""#, #""urn:oasis:names""#, #""mailto:a@b.c""#,
                #""http://[2001::7]:80/x""#,
                #""http://u:p@host:8000/""#, #""file:///etc/passwd""#, #""http://example.com/blah_(w)%20""#,
            ],
            invalid: [
                #""//foo.bar/""#, #""/abc""#, #""\\\\WINDOWS\\share""#, #""abc""#, #""http:// space""#, #"":// x""#,
                #""bar,baz:foo""#, #""https://[@e.org/""#, #""http://a/%zz""#, #""http://a:x/""#,
            ]
        ),
        SchemaCase(
            #"{"format":"uuid"}"#,
            valid: [#""2EB8AA08-aa98-11ea-b4aa-73b441d16380""#],
            invalid: [
                #""2eb8aa08-aa98-11ea-b4aa-73b441d1638""#, #""2eb8aa08aa9811eab4aa73b441d16380""#,
                #""2eb8aa08-aa98-11ea-b4ga-73b441d16380""#,
            ]
        ),
        SchemaCase(
            #"{"format":"json-pointer"}"#,
            valid: [#""/foo/0/a~0~1""#, #""""#],
            invalid: [#""foo""#, #""/~""#, #""/~2""#]
        ),
        SchemaCase(#"{"format":"a-format-of-one's-own"}"#, valid: [#""anything""#]),
    ]

    @Test("minLength and maxLength count code points", arguments: lengths)
    func checkLengths(testCase: SchemaCase) throws { try testCase.verify() }

    @Test("pattern matches anywhere", arguments: patterns)
    func checkPatterns(testCase: SchemaCase) throws { try testCase.verify() }

    @Test("format is asserted where it is known", arguments: formats)
    func checkFormats(testCase: SchemaCase) throws { try testCase.verify() }

    @Test("Messages say what is expected")
    func messages() throws {
        #expect(try findings(#"{"minLength":1}"#, #""""#) == ["expected at least 1 character, got 0"])
        #expect(
            try findings(#"{"pattern":"^C\\."}"#, #""x""#) == [
                #"expected a string that matches ^C\., got the string "x""#
            ]
        )
        #expect(
            try findings(#"{"format":"date"}"#, #""today""#) == [
                #"expected a date such as 2026-11-23, got the string "today""#
            ]
        )
    }
}
