// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@Suite("The contract's layout never changes")
struct LayoutTests {
    @Test("Every line of the committed layout still holds; new members only follow")
    func layout() throws {
        let root = FixturePlugins.sourceRoot
        let program = FileManager.default.temporaryDirectory.appending(path: "layout-\(UUID().uuidString)")
        defer { unlink(program.path) }
        let source = "Tests/PluginHostTests/layout-dump.c"
        let (built, messages) = try FixturePlugins.run(
            "/usr/bin/env",
            ["cc", "-std=c11", "-Wall", "-Werror", "-I", "Sources/CMegaraptorABI/include", "-o", program.path, source]
        )
        #expect(built == 0, "\(messages)")
        let (status, current) = try FixturePlugins.run(program.path, [])
        #expect(status == 0)
        let committed = try String(contentsOf: root.appending(path: "docs/abi-layout.txt"), encoding: .utf8)
        let lines = Set(current.split(separator: "\n"))
        for line in committed.split(separator: "\n") { #expect(lines.contains(line), "gone or moved: \(line)") }
        #expect(current == committed, "docs/abi-layout.txt lacks what the header has gained")
    }
}
