// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@Suite("Mutations of what comes from outside")
struct FuzzTests {
    private func fuzz(_ arguments: [String]) throws -> (status: Int32, output: String) {
        let scratch = try ScratchFolder()
        let process = Process()
        process.executableURL = Products.folder.appending(path: "megaraptor-fuzz")
        process.arguments = arguments
        process.environment = ["TMPDIR": scratch.path]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, text)
    }

    /// Together a hundred thousand; `make fuzz` goes on from other seeds.
    @Test(
        "crash nothing and hang nothing",
        arguments: [
            ("protocol", 30_000), ("answers", 15_000), ("manifests", 5_000), ("configuration", 10_000),
            ("vql", 30_000), ("json", 10_000),
        ]
    )
    func holds(target: String, count: Int) throws {
        let (status, output) = try fuzz([target, "--count", "\(count)", "--seed", "20261124", "--patience", "60"])
        #expect(status == 0, "\(output)")
        #expect(output.contains("\(target): \(count) cases"))
    }

    @Test("are told apart by how they end, named so that they can be replayed, and saved")
    func findsFindings() throws {
        let (status, output) = try fuzz(["selftest", "--count", "400", "--patience", "1"])
        #expect(status == 1)
        #expect(output.contains("was ended by signal 11"))
        #expect(output.contains("was ended by signal 6") && output.contains("broken"))
        #expect(output.contains("took longer than 1 s"))
        #expect(output.contains("of seed 1"))
    }
}
