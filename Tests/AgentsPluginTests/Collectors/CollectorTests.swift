// SPDX-License-Identifier: Apache-2.0

import CommandTestbed
import Foundation
import JSONValue
import MegaraptorErrors
import Testing

@Suite("Offline collectors")
struct CollectorTests {
    private static let tool = "create_offline_collector"

    /// The specification that the stand-in made its collector of.
    private func specification(_ made: JSONValue) throws -> JSONValue {
        let path = try #require(made["file_path"]?.stringValue)
        return try JSONValue(json: String(contentsOfFile: path, encoding: .utf8))
    }

    private func linux(_ bench: AgentsBench, _ more: JSONObject = [:]) throws -> JSONObject {
        var arguments: JSONObject = [
            "target_os": "linux", "artifacts": ["Linux.Sys.Pslist"], "packager": try bench.collectorVendor(),
            "program": .string(bench.folder.appending(path: "velociraptor-v0.77.2-linux-amd64-musl").path),
        ]
        for (key, value) in more { arguments[key] = value }
        return arguments
    }

    @Test("A Velociraptor that runs here builds one, offline, of what was asked for")
    func built() async throws {
        try await AgentsBench.with { bench in
            let made = try await bench.call(
                Self.tool,
                try linux(bench, ["parameters": ["Linux.Sys.Pslist": ["processRegex": "sshd"]], "cpu_limit": 20])
            )
            #expect(made["is_kit"] == false)
            let specification = try specification(made)
            #expect(specification["OS"] == "Linux" && specification["Target"] == "ZIP")
            #expect(specification["Artifacts"] == ["Linux.Sys.Pslist": ["processRegex": "sshd"]])
            #expect(specification["EncryptionScheme"] == "None" && specification["OptCpuLimit"] == "20")
            #expect(made["message"]?.stringValue?.contains("It is not encrypted") == true)
            let folder = try #require(made["folder"]?.stringValue)
            let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
            #expect(
                names == ["README.md", "SHA256SUMS", "velociraptor-collector-linux"],
                "nothing of the build is left"
            )
            let beside = try FileManager.default.contentsOfDirectory(atPath: folder + "/..")
            #expect(beside.count == 1, "\(beside)")
        }
    }

    @Test("An artifact that this Velociraptor does not have is refused, as it would collect nothing in silence")
    func unknownArtifact() async throws {
        try await AgentsBench.with { bench in
            let error = await bench.refusal(Self.tool, try linux(bench, ["artifacts": ["Linux.Sys.Nothing"]]))
            #expect(error?.code == .notFound)
            #expect(error?.message.contains("Linux.Sys.Nothing") == true)
        }
    }

    @Test("Every artifact of every set is one of 0.77.2 that clients run, and the systems have sets")
    func sets() async throws {
        try await AgentsBench.with { bench in
            let sets: [(String, String)] = [
                ("windows", "windows_quick"), ("windows", "windows_triage"), ("windows", "ransomware"),
                ("windows", "memory"), ("linux", "linux_quick"), ("linux", "linux_triage"), ("linux", "memory"),
                ("macos", "macos_quick"), ("macos", "macos_triage"),
            ]
            let known = try Set(
                String(
                    contentsOf: URL(filePath: #filePath).deletingLastPathComponent().appending(
                        path: "client-artifacts.txt"
                    ),
                    encoding: .utf8
                )
                .split(separator: "\n").map(String.init)
            )
            for (system, set) in sets {
                let made = try await bench.call(
                    Self.tool,
                    ["target_os": .string(system), "artifact_set": .string(set)]
                )
                let names = (made["artifacts"]?.arrayValue ?? []).compactMap(\.stringValue)
                #expect(names.count > 1 && Set(names).count == names.count)
                #expect(names.allSatisfy(known.contains), "\(names.filter { !known.contains($0) })")
            }
            let error = await bench.refusal(Self.tool, ["target_os": "macos", "artifact_set": "ransomware"])
            #expect(error?.code == .invalidArgument)
        }
    }

    @Test("Without a Velociraptor it is a kit, which says so, and whose script builds the collector once there is one")
    func kit() async throws {
        try await AgentsBench.with { bench in
            let made = try await bench.call(Self.tool, ["target_os": "linux", "artifacts": ["Linux.Sys.Pslist"]])
            #expect(made["is_kit"] == true && made["file_path"] == .null)
            #expect(made["message"]?.stringValue?.contains("collects nothing yet") == true)
            let folder = try #require(made["folder"]?.stringValue)
            let vendor = try #require(try bench.collectorVendor().stringValue)
            let built = try Command.run("\(folder)/build-collector.sh", vendor, vendor, "0.77.2")
            #expect(built.status == 0, "\(built.output)")
            let collector = try bench.text("\(folder)/velociraptor-collector-linux")
            #expect(try JSONValue(json: collector)["Artifacts"] == ["Linux.Sys.Pslist": [:]])
            let without = try Command.run("\(folder)/build-collector.sh")
            #expect(without.status == 64)
        }
    }

    @Test("With a deployment it is encrypted to that server's certificate")
    func toServer() async throws {
        try await AgentsBench.with { bench in
            let made = try await bench.call(Self.tool, try linux(bench, ["encrypt_output": true]))
            let specification = try specification(made)
            #expect(specification["EncryptionScheme"] == "X509")
            #expect(specification["EncryptionArgs"] == ["public_key": "the server's certificate"])
            #expect(made["holds_secret"] == false)
        }
    }

    @Test("A password comes from a kept secret, goes into the collector alone, and that is said")
    func byPassword() async throws {
        try await AgentsBench.with(secrets: ["collector.case7": "correct horse"]) { bench in
            let more: JSONObject = ["encrypt_output": true, "password_secret": "collector.case7"]
            let made = try await bench.call(Self.tool, try linux(bench, more))
            #expect(!made.json().contains("correct horse"))
            #expect(try specification(made)["EncryptionArgs"] == ["password": "correct horse"])
            #expect(made["holds_secret"] == true)
            #expect(made["message"]?.stringValue?.contains("in the collector itself") == true)
        }
    }

    @Test("A PGP key that cannot encrypt is refused: what is collected could never be opened")
    func signingKey() async throws {
        try await AgentsBench.with { bench in
            let home = bench.folder.appending(path: "gnupg").path
            try FileManager.default.createDirectory(
                atPath: home,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
            for (name, usage, isGood) in [("sign", "sign", false), ("both", "default", true)] {
                let file = bench.folder.appending(path: "\(name).asc").path
                let made = try Command.run(
                    "sh",
                    "-c",
                    "gpg --homedir '\(home)' --batch --passphrase '' --quick-gen-key \(name)@example.org default \(usage)"
                        + " && gpg --homedir '\(home)' --armor --export \(name)@example.org >'\(file)'"
                )
                try #require(made.status == 0, "\(made.output)")
                let more: JSONObject = [
                    "encrypt_output": true, "encryption_scheme": "pgp", "public_key_file": .string(file),
                ]
                let error = await bench.refusal(Self.tool, try linux(bench, more))
                #expect(isGood ? error == nil : error?.code == .failedPrecondition, "\(name): \(error?.message ?? "")")
            }
        }
    }

    @Test("What cannot be meant is refused")
    func refusals() async throws {
        try await AgentsBench.with { bench in
            let cases: [JSONObject] = [
                [:], ["artifacts": ["Linux.Sys.Pslist"], "password_secret": "x"],
                try linux(bench, ["parameters": ["Linux.Sys.Users": ["a": "b"]]]),
                try linux(bench, ["parameters": ["Linux.Sys.Pslist": ["a": 1]]]),
                try linux(bench, ["encrypt_output": true, "encryption_scheme": "password"]),
                try linux(bench, ["target_os": "windows"]),
            ]
            for arguments in cases {
                #expect(await bench.refusal(Self.tool, arguments)?.code == .invalidArgument, "\(arguments)")
            }
        }
    }
}
