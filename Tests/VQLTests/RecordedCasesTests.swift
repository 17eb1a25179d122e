// SPDX-License-Identifier: Apache-2.0

import JSONValue
import Testing

@testable import VQL

@Suite("The queries recorded from a server")
struct RecordedCasesTests {
    @Test("What the server ran parses, what it refused does not")
    func acceptance() throws {
        let cases = try RecordedCase.all()
        #expect(cases.count == 813)
        for recorded in cases {
            switch (Result { try Program(parsing: recorded.query) }, recorded.kind) {
            case (.success, .ok), (.success, .runtime), (.failure, .syntax): break
            case (.success, .syntax): Issue.record("accepted: \(recorded.query)")
            case (.failure(let error), _): Issue.record("refused with \(error): \(recorded.query)")
            }
        }
    }

    @Test("A refusal names the server's token and place in the server's words")
    func refusals() throws {
        let refused = try RecordedCase.all().filter { $0.kind == .syntax && $0.status == nil }
        #expect(refused.count == 181)
        for recorded in refused {
            let error = #expect(throws: VQLSyntaxError.self) { try Program(parsing: recorded.query) }
            #expect(error?.render() == recorded.log.first, "\(recorded.query)")
        }
    }

    @Test("An excerpt that cuts a character is known, since the server can not send it")
    func cutCharacters() throws {
        for recorded in try RecordedCase.all() where recorded.kind == .syntax {
            let error = #expect(throws: VQLSyntaxError.self) { try Program(parsing: recorded.query) }
            #expect(error?.cutsCharacter == (recorded.status != nil), "\(recorded.query)")
        }
    }
}
