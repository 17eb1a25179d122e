// SPDX-License-Identifier: Apache-2.0

import CloudServer
import CloudTestbed
import DeployerKit
import Foundation
import JSONValue
import MegaraptorErrors
import Testing

@testable import AWSDeployerPlugin

@Suite("The exports")
struct ExportTests {
    private static let golden = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")

    private static let rows = TemplateCase.all.filter {
        $0.profile == "standard" && $0.architecture == "amd64" && ["default", "everything"].contains($0.name)
    }

    private func files(_ row: TemplateCase) throws -> [ExportedFile] {
        try StackExport.formats.flatMap { try StackExport.files(row.request(), format: $0) }
    }

    @Test("are as they were agreed to", arguments: rows)
    func golden(_ row: TemplateCase) throws {
        let files = try files(row)
        #expect(Set(files.map(\.name)).count == files.count)
        for file in files {
            let place = Self.golden.appending(path: "\(row.name).\(file.name)")
            if ProcessInfo.processInfo.environment["MEGARAPTOR_UPDATE_GOLDEN"] == "1" {
                try Data(file.text.utf8).write(to: place)
            }
            #expect(file.text == (try String(contentsOf: place, encoding: .utf8)), "\(place.lastPathComponent)")
        }
    }

    @Test("need no program file where the options say which program")
    func withoutProgram() throws {
        var row = try #require(Self.rows.first)
        row.options["program_version"] = "0.76.3"
        row.options["program_sha256"] = .string(TemplateCase.digest.uppercased())
        row.options["program_architecture"] = "arm64"
        var request = row.request()
        request.deployment.binary = nil
        let text = try StackExport.files(request, format: "cloudformation")[0].text
        #expect(
            text.contains(
                "https://github.com/Velocidex/velociraptor/releases/download/v0.76/velociraptor-v0.76.3-linux-arm64"
            )
        )
        #expect(text.contains(TemplateCase.digest))
        request.options = [:]
        let error = #expect(throws: MegaraptorError.self) { try StackExport.files(request, format: "cloudformation") }
        #expect(error?.code == .failedPrecondition)
    }

    @Test(
        "hold no key and no password, and nothing of the deployment's files",
        arguments: TemplateCase.all.filter { $0.profile == "standard" }
    )
    func secrets(_ row: TemplateCase) throws {
        let marked = try MarkedFiles()
        defer { #expect(throws: Never.self) { try marked.remove() } }
        var request = row.request()
        request.deployment.files = marked.files
        let template = try row.template()
        var texts = try StackExport.formats.flatMap { try StackExport.files(request, format: $0) }.map(\.text)
        texts += [template.bootScript.text, "\(template.parameters)", template.warnings.joined(), template.cost.text]
        for text in texts { #expect(marked.leaks(in: text) == []) }
    }

    @Test("of an unknown kind are refused")
    func unknown() throws {
        let row = try #require(Self.rows.first)
        let error = #expect(throws: MegaraptorError.self) { try StackExport.files(row.request(), format: "pulumi") }
        #expect(error?.code == .unsupported)
    }
}
