// SPDX-License-Identifier: Apache-2.0

import CommandTestbed
import Foundation
import JSONValue
import MegaraptorErrors
import Testing

@Suite("Packages for Group Policy")
struct GroupPolicyTests {
    static let tool = "generate_gpo_package"

    static func arguments(_ bench: AgentsBench, isRepacked: Bool) throws -> JSONObject {
        var arguments: JSONObject = ["program": try bench.installer()]
        if isRepacked { arguments["packager"] = try bench.vendor() }
        return arguments
    }

    @Test("hold the MSI as it is, its configuration, and scripts")
    func plain() async throws {
        try await AgentsBench.with { bench in
            let made = try await bench.call(Self.tool, try Self.arguments(bench, isRepacked: false))
            let folder = try #require(made["folder"]?.stringValue)
            #expect(
                try Golden.files(folder) == [
                    "INSTRUCTIONS.html", "INSTRUCTIONS.md", "Install-VelociraptorAgent.ps1",
                    "Remove-VelociraptorAgent.ps1", "SHA256SUMS", "client.config.yaml", "velociraptor.msi",
                ]
            )
            #expect(made["config_embedded"] == false)
            #expect(made["ca_fingerprint"] == "AA:BB")
            #expect(made["labels"] == ["gpo-deployed"])
            #expect(made["domain_controller"] == "DC01")
            let sum = try #require(made["checksum"]?.stringValue).uppercased()
            let script = try bench.text("\(folder)/Install-VelociraptorAgent.ps1")
            #expect(script.contains("if ($sum -ne '\(sum)')"))
            #expect(try bench.text("\(folder)/client.config.yaml").contains("gpo-deployed"))
            #expect(try bench.mode(folder) == 0o700)
            for name in try Golden.files(folder) { #expect(try bench.mode("\(folder)/\(name)") == 0o600) }
        }
    }

    @Test("or the MSI with the configuration in it, and none beside it")
    func repacked() async throws {
        try await AgentsBench.with { bench in
            let made = try await bench.call(Self.tool, try Self.arguments(bench, isRepacked: true))
            let folder = try #require(made["folder"]?.stringValue)
            let package = "velociraptor-\(AgentsBench.deployment).msi"
            #expect(
                try Golden.files(folder) == [
                    "INSTRUCTIONS.html", "INSTRUCTIONS.md", "Remove-VelociraptorAgent.ps1", "SHA256SUMS", package,
                ]
            )
            #expect(made["config_embedded"] == true)
            #expect(made["made_by"] == "vendor")
            #expect(made["file_path"]?.stringValue == "\(folder)/\(package)")
            #expect(try bench.text("\(folder)/\(package)").contains(AgentsBench.nonce))
            let names = try FileManager.default.contentsOfDirectory(
                atPath: bench.folder.path + "/agents/\(AgentsBench.deployment)"
            )
            #expect(names == ["windows-gpo"], "no parts are left")
        }
    }

    @Test("have sums that fit", arguments: [true, false])
    func sums(isRepacked: Bool) async throws {
        try await AgentsBench.with { bench in
            let made = try await bench.call(Self.tool, try Self.arguments(bench, isRepacked: isRepacked))
            let folder = try #require(made["folder"]?.stringValue)
            let check = try Command.run("sha256sum", "--check", "--strict", "SHA256SUMS", in: folder)
            #expect(check.status == 0, "\(check.output)")
            #expect(made["files"]?.arrayValue?.count == (try Golden.files(folder).count - 1))
        }
    }

    @Test("are not made of what cannot work")
    func refusals() async throws {
        try await AgentsBench.with { bench in
            let msi = try bench.installer()
            let cases: [(JSONObject, MegaraptorError.Code, String)] = [
                ([:], .invalidArgument, "windows-amd64.msi"),
                (["program": try bench.macProgram()], .invalidArgument, "windows-amd64.msi"),
                (["program": "/nowhere/velociraptor.msi"], .notFound, "download_velociraptor"),
                (["program": msi, "packager": "/bin/true"], .failedPrecondition, "linux-amd64-musl"),
                (["program": msi, "packager": try bench.vendor("exit 0")], .failedPrecondition, "the program to pack"),
                (["program": msi, "output_path": .string(bench.folder.path)], .conflict, "does not exist yet"),
            ]
            for (arguments, code, hint) in cases {
                let error = await bench.refusal(Self.tool, arguments)
                #expect(error?.code == code, "\(arguments)")
                #expect(error?.hint.contains(hint) == true, "\(error?.hint ?? "")")
            }
        }
    }

    @Test("name the machine that shares the files, and nothing else in its place")
    func controller() async throws {
        try await AgentsBench.with { bench in
            var arguments = try Self.arguments(bench, isRepacked: false)
            arguments["domain_controller"] = "files.corp.example.org"
            let made = try await bench.call(Self.tool, arguments)
            let folder = try #require(made["folder"]?.stringValue)
            let share = #"\\files.corp.example.org\VelociraptorAgent$\"#
            #expect(try bench.text("\(folder)/INSTRUCTIONS.md").contains(share + "Install-VelociraptorAgent.ps1"))
            for name in ["", "DC01\\share", "dc 01", "$(calc)", "-dc", "dc;"] {
                arguments["domain_controller"] = .string(name)
                let error = await #expect(throws: (any Error).self) { try await bench.call(Self.tool, arguments) }
                #expect("\(try #require(error))".contains("domain_controller"))
            }
        }
    }
}
