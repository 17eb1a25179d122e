// SPDX-License-Identifier: Apache-2.0

import MegaraptorErrors
import Testing

@testable import AgentsPlugin

@Suite("Targets")
struct TargetTests {
    @Test(
        "host, user and port are taken apart",
        arguments: [
            ("web", "web", 22, "root"), ("ann@web", "web", 22, "ann"), ("web:2222", "web", 2222, "root"),
            ("ann@10.0.0.7:2222", "10.0.0.7", 2222, "ann"), ("fe80::1", "fe80::1", 22, "root"),
            ("ann@[fe80::1]:2222", "fe80::1", 2222, "ann"), ("[fe80::1]", "fe80::1", 22, "root"),
        ]
    )
    func parts(text: String, host: String, port: Int, user: String) throws {
        let target = try MachineTarget(text, user: "root", port: 22)
        #expect(target.host == host)
        #expect(Int(target.port) == port)
        #expect(target.user == user)
    }

    @Test("what names no machine or nobody is refused", arguments: ["", "web:", "web:0", "web:70000", "@web", ":22"])
    func refused(text: String) {
        let error = #expect(throws: MegaraptorError.self) { try MachineTarget(text, user: "root", port: 22) }
        #expect(error?.code == .invalidArgument)
    }

    @Test("without a user for all, each target has to name one")
    func user() throws {
        #expect(throws: MegaraptorError.self) { try MachineTarget("web", user: nil, port: 22) }
        #expect(try MachineTarget("ann@web", user: nil, port: 22).user == "ann")
    }
}
