// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import Testing

@Suite("megaraptor-mcp doctor and a Velociraptor server")
struct VelociraptorDoctorTests {
    private static let plugin = "org.megaraptor.velociraptor"

    /// What differs from run to run, and what stands for it.
    private static let variable: [(pattern: String, replacement: String)] = [
        ("127\\.0\\.0\\.1:[0-9]+", "127.0.0.1:PORT"),
        ("/[^ ]*/api_onlyapi", "FOLDER/api_onlyapi"),
        ("library /[^ ]*/lib", "library FOLDER/lib"),
        ("recorded in /[^ ]*/megaraptor-mcp", "recorded in FOLDER/megaraptor-mcp"),
        ("Offered are .*", "Offered are …"),
        ("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z, for [0-9]+", "TIME, for N"),
    ]

    private func doctor(_ arguments: [String]) async throws -> (status: Int32?, output: String) {
        let environment = [
            "MEGARAPTOR_TRUST": "",
            // Some machines answer for a cloud's metadata, others do not.
            "AWS_EC2_METADATA_DISABLED": "true", "AZURE_TOKEN_CREDENTIALS": "EnvironmentCredential",
        ]
        let process = try LineProcess(Products.host, ["doctor"] + arguments, environment: environment)
        var lines: [String] = []
        while let line = await process.nextLine() { lines.append(line) }
        return (await process.waitForEnd(), lines.joined(separator: "\n") + "\n")
    }

    @Test("With a key that may only read, what it prints is what was agreed, and nothing is broken")
    func golden() async throws {
        let lab = try await LabProcess(in: ScratchFolder())
        let outcome = try await doctor(["--api-config", lab.apiFile("api_onlyapi")])
        #expect(outcome.status == 0)
        var text = outcome.output
        for (pattern, replacement) in Self.variable {
            text = text.replacingOccurrences(of: pattern, with: replacement, options: .regularExpression)
        }
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "doctor.golden.txt")
        if ProcessInfo.processInfo.environment["MEGARAPTOR_UPDATE_GOLDEN"] == "1" {
            try Data(text.utf8).write(to: file)
        }
        let agreed = try String(contentsOf: file, encoding: .utf8)
        #expect(text == agreed, "run with MEGARAPTOR_UPDATE_GOLDEN=1 and look at the difference")
    }

    @Test("A key that has expired, an unknown user and a server that is gone are broken, and the status is 1")
    func broken() async throws {
        let lab = try await LabProcess(in: ScratchFolder())
        #expect(try await brokenChecks(lab.apiFile("api_expired")) == ["certificate"])
        #expect(try await brokenChecks(lab.apiFile("api_unknown")) == ["user"])
        await lab.crash()
        #expect(try await brokenChecks(lab.apiFile()) == ["reachable"])
        #expect(try await brokenChecks(lab.folder.path + "/no_such_file.yaml") == ["configuration"])
    }

    /// The ids of the plugin's broken checks in the JSON report.
    private func brokenChecks(_ apiFile: String) async throws -> [String] {
        let outcome = try await doctor(["--json", "--api-config", apiFile])
        #expect(outcome.status == 1)
        let groups = try JSONValue(json: outcome.output)["plugins"]?.arrayValue ?? []
        let checks = groups.first { $0["id"]?.stringValue == Self.plugin }?["checks"]?.arrayValue ?? []
        let broken = checks.filter { $0["status"] == "broken" }
        #expect(broken.allSatisfy { $0["fix"]?.stringValue?.isEmpty == false })
        return broken.compactMap { $0["id"]?.stringValue }
    }

    @Test("An assistant reads the same as megaraptor://health")
    func resource() async throws {
        let lab = try await LabProcess(in: ScratchFolder())
        let session = try Session(["--api-config", lab.apiFile()], environment: ["MEGARAPTOR_TRUST": ""])
        _ = try await session.initialize()
        let contents = try await session.request("resources/read", ["uri": "megaraptor://health"])["contents"]
        let report = try JSONValue(json: contents?.arrayValue?.first?["text"]?.stringValue ?? "")
        let groups = report["plugins"]?.arrayValue ?? []
        let checks = groups.first { $0["id"]?.stringValue == Self.plugin }?["checks"]?.arrayValue ?? []
        #expect(checks.contains { $0["id"] == "user" && $0["message"]?.stringValue?.contains("`mcp`") == true })
        #expect(report["status"] == "ok", "\(report.json())")
    }
}
