// SPDX-License-Identifier: Apache-2.0

import JSONValue
import Testing

@testable import AWSDeployerPlugin

@Suite("The options")
struct OptionsTests {
    @Test("are read as they were written")
    func coding() throws {
        let json: JSONValue = ["region": "x", "agent_ranges": ["0.0.0.0/0"], "disk_gb": 100, "public_address": false]
        #expect(try JSONValueEncoder().encode(AWSOptions(json)).sorted == json.sorted)
    }
}
