// SPDX-License-Identifier: Apache-2.0

import JSONValue
import Testing

@Suite("Schema keywords for numbers")
struct SchemaNumberTests {
    private static let limits: [SchemaCase] = [
        SchemaCase(
            #"{"minimum":1.1}"#,
            valid: ["2.6", "1.1", "1.10", #""x""#, "null"],
            invalid: ["0.6", "-5", "1.0999"]
        ),
        SchemaCase(#"{"minimum":-2}"#, valid: ["-1", "0", "-2", "-2.0"], invalid: ["-2.0001", "-3"]),
        SchemaCase(#"{"maximum":3.0}"#, valid: ["3", "3.000", "-7", #""x""#], invalid: ["3.5", "1e1"]),
        SchemaCase(#"{"exclusiveMinimum":0}"#, valid: ["1e-400", "1"], invalid: ["0", "-0.0", "-1e-400"]),
        SchemaCase(#"{"exclusiveMaximum":10}"#, valid: ["9.999999999999999999999"], invalid: ["10", "1.0e1", "11"]),
        SchemaCase(#"{"maximum":9007199254740992}"#, valid: ["9007199254740992"], invalid: ["9007199254740993"]),
        SchemaCase(
            #"{"minimum":18446744073709551616}"#,
            valid: ["18446744073709551616"],
            invalid: ["18446744073709551615"]
        ),
        SchemaCase(#"{"maximum":1e400}"#, valid: ["9e399", "1e400"], invalid: ["1.1e400", "1e401"]),
        SchemaCase(#"{"minimum":-1e400,"maximum":-1}"#, valid: ["-1", "-1e400"], invalid: ["-1e401", "0", "-0.5"]),
    ]

    private static let multiples: [SchemaCase] = [
        SchemaCase(#"{"multipleOf":2}"#, valid: ["10", "0", "-4", "1e1", #""x""#], invalid: ["7", "1.5", "-3"]),
        SchemaCase(#"{"multipleOf":1.5}"#, valid: ["0", "4.5", "3"], invalid: ["35", "0.5"]),
        SchemaCase(#"{"multipleOf":0.0001}"#, valid: ["0.0075", "1e300"], invalid: ["0.00751"]),
        SchemaCase(#"{"multipleOf":0.1}"#, valid: ["0.3", "0.7", "1.1"], invalid: ["0.35"]),
        SchemaCase(#"{"multipleOf":0.123456789}"#, valid: ["0.246913578"], invalid: ["1e308"]),
        SchemaCase(#"{"multipleOf":1e-8}"#, valid: ["12391239123"], invalid: ["1e-9"]),
        SchemaCase(#"{"multipleOf":20}"#, valid: ["100", "1e400"], invalid: ["10", "1e0"]),
        SchemaCase(#"{"multipleOf":7}"#, valid: ["49", "700000000000000000000000000000"], invalid: ["1e400", "50"]),
        SchemaCase(#"{"multipleOf":999999999999999999}"#, valid: ["1999999999999999998"], invalid: ["1e18"]),
    ]

    @Test("minimum, maximum and their exclusive forms, exactly", arguments: limits)
    func checkLimits(testCase: SchemaCase) throws { try testCase.verify() }

    @Test("multipleOf without rounding", arguments: multiples)
    func checkMultiples(testCase: SchemaCase) throws { try testCase.verify() }

    @Test("Messages name the limit")
    func messages() throws {
        #expect(try findings(#"{"maximum":100}"#, "101") == ["expected a number of at most 100, got the number 101"])
        #expect(try findings(#"{"multipleOf":0.5}"#, "0.7") == ["expected a multiple of 0.5, got the number 0.7"])
    }
}
