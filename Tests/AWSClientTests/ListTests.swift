// SPDX-License-Identifier: Apache-2.0

import AWSClient
import Testing
import XMLReading

@Suite("Lists in AWS's answers")
struct ListTests {
    @Test("have members of either spelling; one that is not there has none")
    func lists() throws {
        let text = "<R><Set><item><Id>1</Id></item><item/></Set><List><member>x</member></List></R>"
        let root = try XMLReader.read(Array(text.utf8), from: "AWS")
        #expect(root.list("Set").map { $0.text("Id") } == ["1", nil])
        #expect(root.list("List").map(\.text) == ["x"])
        #expect(root.list("None").isEmpty)
    }
}
