// SPDX-License-Identifier: Apache-2.0

import CloudTestbed
import Foundation
import JSONValue
import Testing

@testable import AWSDeployerPlugin

@Suite("Against moto")
struct DeployTests {
    /// Each set of options once, and one of them for the other profile and architecture.
    private static let rows = TemplateCase.all.filter { row in
        row.architecture == "amd64" && row.profile == "standard"
            || row.architecture == "arm64" && row.profile == "enterprise" && row.name == "agents"
    }

    @Test("each template becomes a stack with its outputs, and takes another configuration")
    func deploy() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "deploy-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (place, row) in Self.rows.enumerated() {
            // moto does not know the zone of a subnet within a template.
            let zone = "us-east-1a"
            let template = try StackTemplate(row.deployment, try AWSOptions(.object(row.options)), zone: zone)
            try Data(template.body.utf8).write(to: folder.appending(path: "\(place).yaml"))
            let parameters = JSONObject(template.parameters.map { ($0.key, .string($0.value)) })
            try Data(JSONValue.object(parameters).json().utf8).write(to: folder.appending(path: "\(place).json"))
        }
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "deploy_all.py")
        let (code, output) = try CloudTool.run("python", [script.path, folder.path])
        #expect(code == 0, "\(output)")
        let answers = output.split(separator: "\n").compactMap { try? JSONValue(json: String($0)) }
        #expect(answers.count == Self.rows.count, "\(output)")
        for (row, answer) in zip(Self.rows, answers) { check(row, answer) }
    }

    private func check(_ row: TemplateCase, _ answer: JSONValue) {
        #expect(answer["created"] == "CREATE_COMPLETE", "\(row.name)")
        #expect(answer["updated"] == "UPDATE_COMPLETE", "\(row.name)")
        #expect(answer["instances"] == 1, "\(row.name)")
        let ports = [("agent_ranges", 8000), ("gui_ranges", 8889), ("api_ranges", 8001), ("ssh_ranges", 22)]
        let open = ports.filter { row.options[$0.0] != nil }.map(\.1).sorted().map { JSONValue($0) }
        #expect(answer["open"] == .array(open), "\(row.name)")
        #expect(answer["tags"]?["org.megaraptor.deployment"] == "vr-0123456789ab", "\(row.name)")
        #expect(answer["outputs"]?["ServerURL"] == "https://velociraptor.example.org:8000/", "\(row.name)")
        let isPrivate = row.options["public_address"] == false
        #expect((answer["outputs"]?["ServerAddress"] == nil) == isPrivate, "\(row.name)")
        // Every reference in an output was resolved.
        let values = answer["outputs"]?.objectValue?.compactMap(\.value.stringValue) ?? []
        #expect(values.count == answer["outputs"]?.objectValue?.count)
        #expect(values.allSatisfy { !$0.contains("${") }, "\(row.name)")
    }
}
