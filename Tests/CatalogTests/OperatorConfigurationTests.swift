// SPDX-License-Identifier: Apache-2.0

import Catalog
import Foundation
import JSONValue
import MegaraptorErrors
import Testing

@Suite("The operator's file is read strictly")
struct OperatorConfigurationTests {
    private func read(_ text: String) throws -> OperatorConfiguration {
        let file = FileManager.default.temporaryDirectory.appending(path: "megaraptor-\(UUID().uuidString).yaml")
        try Data(text.utf8).write(to: file)
        defer { unlink(file.path) }
        return try OperatorConfiguration(file: file.path)
    }

    @Test("Every key arrives")
    func whole() throws {
        let configuration = try read(
            """
            plugin_dirs: [/opt/plugins]
            toolsets: [default, deploy]
            read_only: true
            confirm: every-change
            limits: {deadline_seconds: 7, result_bytes: 4096}
            plugins: {org.example.one: {key: value}}
            """
        )
        #expect(configuration.pluginFolders == ["/opt/plugins"])
        #expect(configuration.policy == CatalogPolicy(readOnly: true, toolsets: .named(["default", "deploy"])))
        #expect(configuration.confirm == "every-change")
        #expect(configuration.deadline == .seconds(7))
        #expect(configuration.resultBytes == 4096)
        #expect(configuration.settings == ["org.example.one": ["key": "value"]])
    }

    @Test("What workers may use, and who needs none, arrives")
    func workers() throws {
        let configuration = try read(
            """
            limits: {worker_memory_mb: 512, worker_cpu_seconds: 60}
            trust: {in_process: [org.example.*]}
            """
        )
        #expect(configuration.workerMemoryMebibytes == 512 && configuration.workerCPUSeconds == 60)
        #expect(configuration.trust.inProcess == ["org.example.*"])
    }

    @Test("The committed file with all defaults says what an absent file says")
    func committedDefaults() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let committed = try OperatorConfiguration(file: root.appending(path: "manifests/megaraptor.yaml").path)
        var absent = OperatorConfiguration()
        absent.confirm = "destructive"
        absent.policy.toolsets = .named(["default"])
        #expect(committed == absent)
    }

    @Test(
        "A misspelt key is refused with its place",
        arguments: [
            "read_olny: true", "confirm: sometimes", "limits: 5", "limits: {result_bytes: 4095}",
            "limits: {result_bytes: 67108865}", "limits: {worker_memory_mb: 63}", "trust: {in_process: all}",
        ]
    )
    func mistakes(text: String) {
        let error = #expect(throws: MegaraptorError.self) { try read(text) }
        #expect(error?.message.contains(".yaml:1:") == true)
    }
}
