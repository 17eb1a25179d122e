// SPDX-License-Identifier: Apache-2.0

import CMegaraptorABI
import JSONValue
import Testing

@testable import MegaraptorPluginKit

@Suite("A call tells its handler what operations decided")
struct CallContextTests {
    private func context(_ meta: JSONValue) -> CallContext {
        let host = UnsafeMutablePointer<mr_host>.allocate(capacity: 1)
        host.initialize(to: mr_host())
        return CallContext(host: HostServices(bridge: HostBridge(host)), meta: meta, call: 1)
    }

    @Test("Everything that the host says arrives")
    func whole() {
        let told = context(["deadline_ms": 5000, "read_only": true, "confirm": "every-change", "result_bytes": 4096])
        #expect(told.deadline != nil && told.isReadOnly)
        #expect(told.confirmation == .everyChange && told.resultBytes == 4096)
    }

    @Test("What the host does not say has the defaults of the operator's file")
    func defaults() {
        let told = context([:])
        #expect(told.deadline == nil && !told.isReadOnly)
        #expect(told.confirmation == .destructive && told.resultBytes == 1_048_576)
    }

    @Test("A policy that the kit does not know asks for everything", arguments: ["sometimes", 5, ""] as [JSONValue])
    func unknownPolicy(word: JSONValue) {
        #expect(context(["confirm": word]).confirmation == .everyChange)
    }
}
