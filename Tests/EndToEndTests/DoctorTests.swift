// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import Testing

@Suite("megaraptor-mcp doctor and megaraptor://health")
struct DoctorTests {
    private static let swift = "org.megaraptor.fixture.swift"

    private let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
    }

    /// A configuration in which the Swift fixture's health is as told.
    private func configuration(health: String = "well", _ more: String = "") throws -> String {
        let text = "plugins: {\(Self.swift): {health: \(health)}}\nlimits: {deadline_seconds: 2}\n\(more)"
        return try folder.write(text, to: "megaraptor.yaml")
    }

    private struct Outcome {
        var status: Int32?
        var output: String
        var json: JSONValue { get throws { try JSONValue(json: output) } }
    }

    private func doctor(_ arguments: [String]) async throws -> Outcome {
        let process = try LineProcess(Products.host, ["doctor"] + arguments)
        var lines: [String] = []
        while let line = await process.nextLine() { lines.append(line) }
        return Outcome(status: await process.waitForEnd(), output: lines.joined(separator: "\n"))
    }

    /// The checks of one plugin.
    private func checks(_ report: JSONValue, of plugin: String = swift) -> [JSONValue] {
        let group = report["plugins"]?.arrayValue?.first { $0["id"]?.stringValue == plugin }
        return group?["checks"]?.arrayValue ?? []
    }

    private func check(_ id: String, in checks: [JSONValue]) -> JSONValue? {
        checks.first { $0["id"]?.stringValue == id }
    }

    @Test("When all is well the plugins, the toolsets and the configuration are named, and the status is 0")
    func well() async throws {
        let file = try configuration()
        let outcome = try await doctor(["--json", "--config", file, "--plugin-dir", Products.fixtureManifests])
        let report = try outcome.json
        // The bundled plugin may miss its server here; the host and the fixtures are well.
        let host = checks(report, of: "org.megaraptor.host")
        #expect(host.allSatisfy { $0["status"] == "ok" || $0["id"] == "trust" }, "\(outcome.output)")
        #expect(check("configuration", in: host)?["message"]?.stringValue?.contains(file) == true)
        #expect(check("toolsets", in: host)?["message"]?.stringValue?.contains("on: fixture") == true)
        #expect(checks(report).map { $0["status"] } == ["ok", "ok", "ok"])
        #expect(check("fixture.fever", in: checks(report))?["message"] == "The fixture is well.")
        let ids = checks(report, of: "org.megaraptor.fixture.c").map { $0["id"] }
        #expect(ids == ["plugin.trust", "plugin.library"])
        #expect(outcome.status == (report["counts"]?["broken"] == 0 ? 0 : 1))
    }

    @Test("What is broken comes with its fix, cannot steer the terminal, is counted, and makes the status 1")
    func broken() async throws {
        let file = try configuration(health: "broken")
        let outcome = try await doctor(["--config", file, "--plugin-dir", Products.fixtureManifests])
        #expect(outcome.status == 1)
        let lines = outcome.output.split(separator: "\n").map(String.init)
        let place = try #require(lines.firstIndex(of: "  BROKEN   The fixture has a fever\\u{1B}[31m."))
        #expect(lines[place + 1] == "    fix: Let it rest.")
        #expect(lines.contains("  warning  The pulse is high.") && lines.contains("  unknown  The age is a secret."))
        #expect(lines.contains("\(Self.swift) 1.0.0"))
        #expect(lines.last?.contains(" checks: ") == true && lines.last?.contains("broken") == true)
    }

    @Test(
        "A plugin that fails or hangs when it is asked costs only its own findings",
        arguments: [("fails", "broken", "thermometer"), ("hangs", "unknown", "did not say")]
    )
    func failing(health: String, status: String, words: String) async throws {
        let file = try configuration(health: health)
        let arguments = ["--config", file, "--plugin-dir", Products.fixtureManifests]
        let report = try await doctor(["--json"] + arguments).json
        let finding = try #require(check("plugin.health", in: checks(report)))
        #expect(finding["status"]?.stringValue == status)
        #expect(finding["message"]?.stringValue?.contains(words) == true && finding["fix"] != nil)
        #expect(checks(report, of: "org.megaraptor.fixture.c").map { $0["status"] } == ["ok", "ok"])

        let session = try Session(arguments)
        _ = try await session.initialize()
        let contents = try await session.request("resources/read", ["uri": "megaraptor://health"])["contents"]
        let item = try #require(contents?.arrayValue?.first)
        #expect(item["mimeType"] == "application/json" && item["uri"] == "megaraptor://health")
        let served = try JSONValue(json: item["text"]?.stringValue ?? "")
        #expect(check("plugin.health", in: checks(served)) == finding)
        #expect(served["plugins"]?.arrayValue?.map { $0["id"] } == report["plugins"]?.arrayValue?.map { $0["id"] })
    }

    @Test("A plugin whose library is missing and a manifest that cannot be used are broken, with the reason")
    func refused() async throws {
        let manifest = try String(
            contentsOfFile: "\(Products.fixtureManifests)/org.megaraptor.fixture.c/plugin.yaml",
            encoding: .utf8
        )
        _ = try folder.write(manifest.replacing("libFixtureC.so", with: "libMissing.so"), to: "plugins/a/plugin.yaml")
        _ = try folder.write("schema: 7\n", to: "plugins/b/plugin.yaml")
        let outcome = try await doctor(["--json", "--plugin-dir", "\(folder.path)/plugins"])
        #expect(outcome.status == 1)
        let report = try outcome.json
        let library = check("plugin.library", in: checks(report, of: "org.megaraptor.fixture.c"))
        #expect(library?["status"] == "broken" && library?["fix"] != nil)
        #expect(library?["message"]?.stringValue?.contains("libMissing.so") == true)
        let refused = check("plugins.refused", in: checks(report, of: "org.megaraptor.host"))
        #expect(refused?["message"]?.stringValue?.contains("b/plugin.yaml:1:") == true)
    }

    @Test(
        "What would keep the server from starting is a finding",
        arguments: [
            ("confirm: sometimes", "configuration"), ("toolsets: [fixtures]", "catalog"),
        ]
    )
    func wouldNotStart(line: String, id: String) async throws {
        let file = try configuration(health: "well", line)
        let outcome = try await doctor(["--json", "--config", file, "--plugin-dir", Products.fixtureManifests])
        #expect(outcome.status == 1)
        let finding = check(id, in: checks(try outcome.json, of: "org.megaraptor.host"))
        #expect(finding?["status"] == "broken" && finding?["fix"] != nil, "\(outcome.output)")
    }

    @Test("RES-01: the health of the server is listed, and a plugin that claims its address is refused")
    func listed() async throws {
        let session = try Session.withFixtures()
        _ = try await session.initialize()
        let resources = try await session.request("resources/list")["resources"]?.arrayValue ?? []
        #expect(resources.contains { $0["uri"] == "megaraptor://health" && $0["mimeType"] == "application/json" })
        let text = """
            {schema: 1, id: org.example.rival, name: x, version: 1.0.0, abi: 1, library: x.so, license: x,
             description: x, contributes: {resources: [{uri: "megaraptor://health", name: x, description: x}]}}
            """
        _ = try folder.write(text, to: "plugin.yaml")
        let process = try LineProcess(Products.host, ["serve", "--plugin-dir", folder.path])
        #expect(await process.waitForEnd() != 0)
        #expect(process.standardError.contains("org.example.rival"))
    }
}
