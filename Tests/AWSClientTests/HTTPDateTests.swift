// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import AWSClient

@Suite("Dates of HTTP")
struct HTTPDateTests {
    @Test("the date that a server sends")
    func dates() {
        #expect(HTTPDate.unixSeconds("Fri, 15 Jan 2027 08:00:00 GMT") == TestClock.now)
        #expect(HTTPDate.unixSeconds("Friday, 15-Jan-27 08:00:00 GMT") == nil)
    }
}
