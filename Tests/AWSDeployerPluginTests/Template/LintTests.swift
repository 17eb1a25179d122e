// SPDX-License-Identifier: Apache-2.0

import CloudTestbed
import Foundation
import Testing

@testable import AWSDeployerPlugin

@Suite("cfn-lint finds nothing")
struct LintTests {
    /// Of three continents and of another partition: not all have every type and every size.
    private static let regions = ["eu-central-1", "ap-southeast-2", "us-gov-west-1"]

    @Test("in any template, errors, warnings and remarks alike", arguments: TemplateCase.profiles.map(\.name))
    func lint(profile: String) throws {
        try expectNothing(TemplateCase.all.filter { $0.profile == profile }, regions: ["us-east-1"])
    }

    @Test("in other regions either")
    func others() throws {
        let rows = TemplateCase.all.filter {
            $0.profile == "standard" && ["default", "everything, given network"].contains($0.name)
        }
        try expectNothing(rows, regions: Self.regions)
    }

    private func expectNothing(_ rows: [TemplateCase], regions: [String]) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "lint-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var files: [String] = []
        for (place, row) in rows.enumerated() {
            let file = folder.appending(path: "\(place).yaml")
            try Data(try row.template().body.utf8).write(to: file)
            files.append(file.path)
        }
        let arguments = ["--include-checks", "I", "--format", "parseable", "--regions"] + regions
        let (code, output) = try CloudTool.run("cfn-lint", arguments + ["--"] + files)
        #expect(code == 0)
        #expect(output.isEmpty, "\(output)")
    }

    @Test("and it would find something: a template with a mistake does not pass")
    func wrong() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "wrong-\(UUID().uuidString).yaml")
        defer { try? FileManager.default.removeItem(at: file) }
        let body = try #require(TemplateCase.all.first).template().body.replacing(
            "VolumeType: gp3",
            with: "VolumeType: gp9"
        )
        try Data(body.utf8).write(to: file)
        #expect(try CloudTool.run("cfn-lint", [file.path]).code != 0)
    }
}
