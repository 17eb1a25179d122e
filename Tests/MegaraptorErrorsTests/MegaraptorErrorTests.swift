// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorErrors
import Testing

@Suite("The error that everybody speaks")
struct MegaraptorErrorTests {
    @Test("Codes have the numbers of the plugin contract and names in snake case")
    func codes() {
        #expect(MegaraptorError.Code.allCases.map(\.rawValue) == Array(1...12))
        #expect(
            MegaraptorError.Code.allCases.map(\.name) == [
                "invalid_argument", "not_found", "permission_denied", "unauthenticated", "unavailable",
                "deadline_exceeded", "cancelled", "conflict", "resource_exhausted", "unsupported",
                "failed_precondition", "internal",
            ]
        )
        #expect(MegaraptorError.Code(name: "invalidArgument") == nil)
        #expect(MegaraptorError.Code(rawValue: 0) == nil)
    }

    @Test("Every code is found by its name", arguments: MegaraptorError.Code.allCases)
    func names(code: MegaraptorError.Code) {
        #expect(MegaraptorError.Code(name: code.name) == code)
    }

    @Test("An error reads as one sentence after the other")
    func description() {
        let plain = MegaraptorError(.notFound, "no client C.1.")
        #expect(plain.description == "not_found: no client C.1.")
        let full = MegaraptorError(.unavailable, "The server is down.", hint: "Start it.", cause: "refused")
        #expect(full.description == "unavailable: The server is down. Start it. (cause: refused)")
    }

    @Test("An error goes through JSON and comes back equal")
    func roundTrip() throws {
        let errors = [
            MegaraptorError(.internal, "m"),
            MegaraptorError(.conflict, "m", hint: "h", cause: "c", retryable: true, details: ["line": 3]),
        ]
        for error in errors {
            #expect(MegaraptorError(json: try JSONValue(json: error.json.json())) == error)
        }
        #expect(errors[0].json == ["code": "internal", "message": "m", "retryable": false])
    }

    private static let foreign: [JSONValue] = [
        nil, [:], "text", ["code": "internal"], ["message": "m"], ["code": "strange", "message": "m"],
        ["code": 12, "message": "m"], ["code": "internal", "message": 5],
    ]

    @Test("What is no error is not taken for one", arguments: foreign)
    func noError(json: JSONValue) {
        #expect(MegaraptorError(json: json) == nil)
    }
}
