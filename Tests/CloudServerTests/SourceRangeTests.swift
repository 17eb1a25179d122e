// SPDX-License-Identifier: Apache-2.0

import CloudServer
import MegaraptorErrors
import Testing

@Suite("A range of addresses")
struct SourceRangeTests {
    @Test(
        "is written as rules take it",
        arguments: [
            ("203.0.113.7/32", "203.0.113.7/32", false, false), ("0.0.0.0/0", "0.0.0.0/0", false, true),
            ("10.0.0.0/8", "10.0.0.0/8", false, false), ("::/0", "::/0", true, true),
            ("2001:0DB8:0:0::/48", "2001:db8::/48", true, false),
            ("2001:db8:0:1:0:0:0:1/128", "2001:db8:0:1::1/128", true, false),
            ("1:0:0:2:0:0:0:3/128", "1:0:0:2::3/128", true, false), ("fe80::1/128", "fe80::1/128", true, false),
        ]
    )
    func normal(_ text: String, _ normal: String, isIPv6: Bool, isWorld: Bool) throws {
        let range = try SourceRange(text)
        #expect(range.text == normal)
        #expect(range.isIPv6 == isIPv6)
        #expect(range.isWorld == isWorld)
    }

    @Test(
        "is nothing else",
        arguments: [
            "", "10.0.0.0", "10.0.0.0/33", "10.0.0/8", "010.0.0.0/8", "10.0.0.0/-1", "10.0.0.0/8/8", "10.0.0.1/8",
            "a/8",
            "1::2::3/64", "1:2:3:4:5:6:7/64", "1:2:3:4:5:6:7::8/128", "12345::/16", "::/129", "::1/64", "10.0.0.0/0x8",
            "2001:db8::1%eth0/128",
            "10.0.0.0/+8", "+1.0.0.0/32", "::ffff:1.2.3.4/128",
        ]
    )
    func wrong(_ text: String) {
        #expect(throws: MegaraptorError.self) { try SourceRange(text) }
    }

    @Test("holds what is part of it, and nothing else")
    func holds() throws {
        let all = try ["10.0.0.0/8", "10.1.0.0/16", "11.0.0.0/8", "0.0.0.0/0", "::/0", "2001:db8::/48"].map {
            try SourceRange($0)
        }
        #expect(all[0].holds(all[1]) && all[0].holds(all[0]) && !all[1].holds(all[0]) && !all[0].holds(all[2]))
        #expect(all[3].holds(all[0]) && !all[3].holds(all[5]) && all[4].holds(all[5]) && !all[4].holds(all[0]))
    }

    @Test("with host bits says what was probably meant")
    func hint() throws {
        let error = #expect(throws: MegaraptorError.self) { try SourceRange("10.1.2.3/8") }
        #expect(error?.hint == "Did you mean 10.0.0.0/8, or the one address 10.1.2.3/32?")
    }
}
