// SPDX-License-Identifier: Apache-2.0

import Catalog
import Foundation
import JSONValue
import MegaraptorErrors
import Testing
import YAMLSource

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
            tools: {allow: [a], deny: [b, c*]}
            disabled_plugins: [org.example.two]
            read_only: true
            confirm: every-change
            confirm_by_token: false
            limits: {deadline_seconds: 7, result_bytes: 4096, concurrent_calls: 3}
            trust: {policy: any, lock: /l, signers: {me: 11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=}}
            audit: {enabled: false, file: /a, rotate_bytes: 65536, keep: 2}
            plugins: {org.example.one: {key: value}}
            """
        )
        #expect(configuration.pluginFolders == ["/opt/plugins"])
        let policy = configuration.policy
        #expect(policy.toolsets?.rules.map(\.text) == ["default", "deploy"])
        #expect(policy.allow.map(\.text) == ["a"] && policy.deny.map(\.text) == ["b", "c*"])
        #expect(policy.disabledPlugins.map(\.text) == ["org.example.two"] && policy.readOnly)
        #expect(configuration.confirm == "every-change" && !configuration.confirmsByToken)
        #expect(configuration.deadline == .seconds(7) && configuration.resultBytes == 4096)
        #expect(configuration.concurrentCalls == 3)
        #expect(configuration.trust.policy == "any" && configuration.trust.lock == "/l")
        #expect(configuration.trust.signers == ["me": "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="])
        #expect(!configuration.audit.isOn && configuration.audit.file == "/a")
        #expect(configuration.audit.rotateBytes == 65536 && configuration.audit.keep == 2)
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

    @Test("Each rule knows its line and column")
    func places() throws {
        let policy = try read("toolsets:\n  - default\n  - deploy\ntools: {deny: [a, b*]}\nread_only: true\n").policy
        func place(_ origin: RuleOrigin?) -> [Int?] { [origin?.place?.line, origin?.place?.column] }
        #expect(place(policy.toolsets?.origin) == [2, 3])
        #expect(place(policy.toolsets?.rules.last?.origin) == [3, 5])
        #expect(place(policy.deny.last?.origin) == [4, 19])
        #expect(place(policy.readOnlyOrigin) == [5, 12])
    }

    @Test("A file in which everything is commented out says nothing", arguments: ["", "# read_only: true\n"])
    func empty(text: String) throws {
        #expect(try read(text) == OperatorConfiguration())
    }

    private static let mistakes = [
        ("read_only: true\nraed_only: true", ":2:1: unknown property \"raed_only\""),
        ("read_olny: true", ":1:1: unknown property \"read_olny\"; did you mean \"read_only\"?"),
        ("limits:\n  result_byte: 5000", ":2:3: unknown property \"result_byte\"; did you mean \"result_bytes\"?"),
        ("confirm: sometimes", ":1:10: "), ("limits: 5", ":1:9: "), ("limits: {result_bytes: 4095}", ":1:24: "),
        ("limits: {result_bytes: 67108865}", ":1:24: "), ("toolsets: [5]", ":1:12: "),
        ("audit: {keep: 0}", ":1:15: "), ("tools: [a]", ":1:8: "),
    ]

    @Test("A mistake is refused with its place, and a misspelt key with the one that was meant", arguments: mistakes)
    func mistake(text: String, words: String) {
        let error = #expect(throws: MegaraptorError.self) { try read(text) }
        #expect(error?.message.contains(".yaml\(words)") == true, "\(error?.message ?? "")")
    }
}

@Suite("The committed file with every key")
struct CommittedConfigurationTests {
    private static let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "manifests/megaraptor.yaml").path

    /// The file with those keys switched on that stand behind a `#`.
    private func uncommented() throws -> String {
        let text = try String(contentsOfFile: Self.path, encoding: .utf8)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
            let content = line.drop { $0 == " " }
            guard content.hasPrefix("#"), let next = content.dropFirst().first, next != " " else { return String(line) }
            return String(line.prefix(line.count - content.count) + content.dropFirst())
        }
        return lines.joined(separator: "\n")
    }

    @Test("It says what an absent file says")
    func defaults() throws {
        let committed = try OperatorConfiguration(file: Self.path)
        var absent = OperatorConfiguration()
        absent.confirm = "destructive"
        absent.policy.toolsets = committed.policy.toolsets
        #expect(committed.policy.toolsets?.rules.map(\.text) == ["default"])
        #expect(committed == absent)
    }

    @Test("With every key switched on it fits the schema, and no key of the schema is missing from it")
    func everyKey() throws {
        let json = try YAMLDocument.parse(try uncommented(), file: "megaraptor.yaml").json
        #expect(try JSONSchema(OperatorConfiguration.schema).validate(json) == [])
        func missing(_ schema: JSONValue, _ value: JSONValue?, _ path: String) -> [String] {
            (schema["properties"]?.objectValue ?? [:]).flatMap { name, part -> [String] in
                guard let inner = value?[name] else { return ["\(path)/\(name)"] }
                return missing(part, inner, "\(path)/\(name)")
            }
        }
        #expect(missing(OperatorConfiguration.schema, json, "") == [])
    }

    @Test("The defaults in it are those that the schema tells")
    func schemaDefaults() throws {
        let json = try YAMLDocument.parse(try uncommented(), file: "megaraptor.yaml").json
        func differing(_ schema: JSONValue, _ value: JSONValue?) -> [String] {
            (schema["properties"]?.objectValue ?? [:]).flatMap { name, part -> [String] in
                let told = part["default"].map { $0 == value?[name] } ?? true
                return (told ? [] : [name]) + differing(part, value?[name])
            }
        }
        #expect(differing(OperatorConfiguration.schema, json) == [])
    }

    @Test("Every key of the schema says what it does")
    func descriptions() {
        #expect(undescribed(OperatorConfiguration.schema) == [])
    }

    private func undescribed(_ schema: JSONValue) -> [String] {
        (schema["properties"]?.objectValue ?? [:]).flatMap { name, part in
            (part["description"]?.stringValue?.isEmpty == false ? [] : [name]) + undescribed(part)
        }
    }
}
