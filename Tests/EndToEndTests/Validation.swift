// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import MegaraptorErrors

/// What `megaraptor-plugin validate --json` says of a plugin.
struct Validation {
    struct Finding: Equatable, CustomStringConvertible {
        let id: String
        let verdict: String
        let sentence: String

        var description: String { "\(verdict) \(id) \(sentence)" }
    }

    let status: Int32
    let json: JSONValue
    let findings: [Finding]

    /// Everything but what passed or did not apply. How long a scan takes depends on the machine.
    var remarkable: [Finding] {
        findings.filter { !["PASS", "SKIP"].contains($0.verdict) && $0.id != "contract.scan_time" }
    }

    static func of(_ folder: String, _ options: String = "", in shell: AuthorShell) async throws -> Validation {
        let outcome = try await shell.run("megaraptor-plugin validate --json --seed 42 \(options) '\(folder)'")
        let json: JSONValue
        do {
            json = try JSONValue(json: outcome.output)
        } catch {
            throw MegaraptorError(.internal, "No report but: \(outcome.output)")
        }
        let findings = (json["checks"]?.arrayValue ?? []).map { check in
            Finding(
                id: check["id"]?.stringValue ?? "",
                verdict: check["verdict"]?.stringValue ?? "",
                sentence: check["sentence"]?.stringValue ?? ""
            )
        }
        return Validation(status: outcome.status, json: json, findings: findings)
    }
}

/// A plugin from `Tests/Fixtures/Bad/bad.c`, built with one fault into a folder of its own.
struct BadPlugin {
    static let id = "org.megaraptor.fixture.bad"

    let shell: AuthorShell
    var folder: String { "\(shell.folder)/\(Self.id)" }

    /// - Parameters:
    ///   - fault: compiled in by `-DFAULT_…`; empty for none.
    ///   - options: more for the compiler.
    ///   - manifest: more keys of the manifest, each with a comma behind it.
    init(_ fault: String, options: String = "", manifest: String = "") async throws {
        shell = try AuthorShell()
        let source = Products.sourceRoot.appending(path: "Tests/Fixtures/Bad/bad.c").path
        let definition = fault.isEmpty ? "" : "-DFAULT_\(fault)"
        let outcome = try await shell.run(
            """
            mkdir \(Self.id) && cc -shared -fPIC -O1 \(definition) \(options) -I "$(megaraptor-plugin include-path)" \
                -o \(Self.id)/libbad.so '\(source)'
            """
        )
        guard outcome.status == 0 else { throw MegaraptorError(.internal, "cc failed: \(outcome.output)") }
        try write(manifest)
    }

    func write(_ more: String, tool: String = "bad") throws {
        let text = """
            {"schema": 1, "id": "\(Self.id)", "name": "Bad", "version": "1.0.0", "abi": 1, "library": "libbad.so",
             "license": "Apache-2.0", "description": "For tests.", \(more)
             "contributes": {"toolsets": [{"name": "fixture", "description": "For tests."}],
              "tools": [{"name": "\(tool)", "description": "Misbehaves.", "toolset": "fixture",
                         "input_schema": {"type": "object"}}]}}
            """
        try Data(text.utf8).write(to: URL(filePath: "\(folder)/plugin.yaml"))
    }
}
