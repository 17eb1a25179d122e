// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@Suite("A newcomer who follows \"a plugin in ten minutes\" word for word has a working tool")
struct TenMinutesTests {
    private static let document = Products.sourceRoot.appending(path: "docs/plugin-in-ten-minutes.md")

    @Test("Every command works and prints what the document says")
    func commands() async throws {
        let shell = try AuthorShell()
        let walkthrough = try Walkthrough(Self.document)
        #expect(walkthrough.steps.count > 8 && walkthrough.steps.contains { $0.command == "make test" })
        let steps = walkthrough.steps
        let mark = "-- \(UUID().uuidString)"
        let outcome = try await shell.run(walkthrough.script(marking: mark), AuthorShell.quick)
        let outputs = outcome.output.components(separatedBy: "\(mark) 0\n")
        #expect(outputs.count == steps.count + 1, "\(outcome.output.suffix(4000))")
        for (step, output) in zip(steps, outputs) {
            let missing = step.difference(from: output)
            #expect(missing == nil, "\(step.command) prints no \"\(missing ?? "")\": \(output)")
        }
    }
}
