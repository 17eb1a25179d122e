// SPDX-License-Identifier: Apache-2.0

import CommandTestbed
import Foundation
import JSONValue
import MegaraptorErrors
import Testing

@Suite("Installers for agents")
struct InstallerTests {
    private static let tool = "generate_agent_installer"

    @Test("A deb is installed by dpkg: program, protected configuration and unit; purging takes the agent's key")
    func debian() async throws {
        try await AgentsBench.with { bench in
            let made = try await bench.call(Self.tool, ["os_type": "linux", "labels": ["case7"]])
            #expect(made["installer_type"] == "deb")
            #expect(made["made_by"] == "template")
            #expect(made["config_embedded"] == true)
            #expect(made["version"] == "0.77.2")
            let package = try #require(made["file_path"]?.stringValue)
            #expect(try bench.mode(package) == 0o600)

            let root = bench.folder.appending(path: "root").path
            for folder in ["var/lib/dpkg/info", "var/lib/dpkg/updates", "etc", "var/tmp"] {
                try FileManager.default.createDirectory(atPath: "\(root)/\(folder)", withIntermediateDirectories: true)
            }
            try Data().write(to: URL(fileURLWithPath: "\(root)/var/lib/dpkg/status"))
            func dpkg(_ words: String) throws -> Command.Outcome {
                try Command.run(
                    "unshare",
                    "--map-root-user",
                    "sh",
                    "-c",
                    "dpkg --root='\(root)' --log=/dev/null --force-script-chrootless \(words)"
                )
            }
            let installed = try dpkg("--install '\(package)'")
            #expect(installed.status == 0, "\(installed.output)")
            #expect(try dpkg("--status velociraptor-client").output.contains("Status: install ok installed"))
            #expect(try bench.mode("\(root)/usr/local/bin/velociraptor_client") == 0o755)
            #expect(try bench.mode("\(root)/etc/velociraptor/client.config.yaml") == 0o600)
            let config = try bench.text("\(root)/etc/velociraptor/client.config.yaml")
            #expect(config.contains(AgentsBench.nonce) && config.contains("case7"))
            #expect(try bench.text("\(root)/etc/systemd/system/velociraptor_client.service").contains("client --quiet"))
            #expect(try dpkg("--remove velociraptor-client").status == 0)
            #expect(!FileManager.default.fileExists(atPath: "\(root)/usr/local/bin/velociraptor_client"))
        }
    }

    @Test("An rpm is one that rpm reads and installs, with protected configuration")
    func rpm() async throws {
        try await AgentsBench.with { bench in
            let made = try await bench.call(Self.tool, ["os_type": "linux", "installer_type": "rpm"])
            let package = try #require(made["file_path"]?.stringValue)
            #expect(made["made_by"] == "template")
            let listing = try Command.run("rpm", "-qp", "--list", "--verbose", package).output.split(separator: "\n")
            func line(_ path: String) -> Substring? { listing.first { $0.hasSuffix(" " + path) } }
            #expect(line("/usr/local/bin/velociraptor_client")?.hasPrefix("-rwxr-xr-x") == true, "\(listing)")
            #expect(line("/etc/velociraptor/client.config.yaml")?.hasPrefix("-rw-------") == true, "\(listing)")
            let scripts = try Command.run("rpm", "-qp", "--scripts", package).output
            #expect(scripts.contains("systemctl restart velociraptor_client.service"))
            let root = bench.folder.appending(path: "root").path
            let installed = try Command.run(
                "unshare",
                "--map-root-user",
                "rpm",
                "--root",
                root,
                "--force-debian",
                "--nodeps",
                "--install",
                "--noscripts",
                package
            )
            #expect(installed.status == 0, "\(installed.output)")
            let config = try bench.text("\(root)/etc/velociraptor/client.config.yaml")
            #expect(config.contains(AgentsBench.nonce))
            #expect(
                try Data(contentsOf: URL(filePath: "\(root)/usr/local/bin/velociraptor_client"))
                    == Data(contentsOf: URL(filePath: "/bin/busybox")),
                "nothing is stripped"
            )
        }
    }

    @Test("Every folder has sums that fit, and instructions")
    func sums() async throws {
        try await AgentsBench.with { bench in
            let all: [JSONObject] = [
                ["os_type": "linux"], ["os_type": "windows", "program": try bench.installer()],
                ["os_type": "macos", "program": try bench.macProgram()],
            ]
            for arguments in all {
                let made = try await bench.call(Self.tool, arguments)
                let folder = try #require(made["folder"]?.stringValue)
                let check = try Command.run("sha256sum", "--check", "--strict", "SHA256SUMS", in: folder)
                #expect(check.status == 0, "\(check.output)")
                #expect(try bench.mode(folder) == 0o700)
                let guide = try bench.text("\(folder)/README.md")
                #expect(guide.contains("https://vr.example.org:8000/") && guide.contains("Remove"))
                #expect(!guide.contains(AgentsBench.nonce))
                // Made again it is whole again, and nothing of before is left.
                #expect(
                    try await bench.call(Self.tool, arguments)["files"]?.arrayValue?.count
                        == made["files"]?.arrayValue?.count
                )
            }
        }
    }

    @Test("A Velociraptor that runs here packs deb, rpm and MSI itself", arguments: ["deb", "rpm", "msi"])
    func repacked(kind: String) async throws {
        try await AgentsBench.with { bench in
            var arguments: JSONObject = [
                "os_type": kind == "msi" ? "windows" : "linux", "installer_type": .string(kind),
                "packager": try bench.vendor(),
            ]
            if kind == "msi" { arguments["program"] = try bench.installer() }
            let made = try await bench.call(Self.tool, arguments)
            #expect(made["made_by"] == "vendor")
            let package = try #require(made["file_path"]?.stringValue)
            #expect(package.hasSuffix(".\(kind)"))
            #expect(try bench.text(package).contains(AgentsBench.nonce), "the configuration went into it")
            let names = try FileManager.default.contentsOfDirectory(
                atPath: bench.folder.path + "/agents/\(AgentsBench.deployment)"
            )
            #expect(names.count == 1, "no parts are left: \(names)")
        }
    }

    @Test("One that ends well and makes nothing, or fails, is not believed")
    func nothingMade() async throws {
        try await AgentsBench.with { bench in
            for deed in ["exit 0", "echo broken >&2; exit 3"] {
                let error = await bench.refusal(Self.tool, ["os_type": "linux", "packager": try bench.vendor(deed)])
                #expect(error?.code == .failedPrecondition)
            }
            let other = await bench.refusal(Self.tool, ["os_type": "linux", "packager": "/bin/true"])
            #expect(other?.message.contains("no Velociraptor") == true)
        }
    }

    @Test("What cannot work is refused with what can")
    func refusals() async throws {
        try await AgentsBench.with { bench in
            let cases: [(JSONObject, MegaraptorError.Code, String)] = [
                (["os_type": "macos", "installer_type": "pkg"], .unsupported, "bundle"),
                (["os_type": "linux", "installer_type": "msi"], .invalidArgument, "deb, rpm"),
                (["os_type": "windows"], .invalidArgument, "windows-amd64.msi"),
                (["os_type": "windows", "program": try bench.macProgram()], .invalidArgument, "windows-amd64.msi"),
                (
                    ["os_type": "windows", "installer_type": "msi", "program": try bench.installer()],
                    .failedPrecondition,
                    "packager"
                ),
                (["os_type": "linux", "output_path": .string(bench.folder.path)], .conflict, "does not exist yet"),
            ]
            for (arguments, code, hint) in cases {
                let error = await bench.refusal(Self.tool, arguments)
                #expect(error?.code == code, "\(arguments)")
                #expect(error?.hint.contains(hint) == true, "\(error?.hint ?? "")")
            }
        }
    }

    @Test("The scripts for Windows and macOS check the program's sum, and are shell where they say so")
    func scripts() async throws {
        try await AgentsBench.with { bench in
            let windows = try await bench.call(Self.tool, ["program": try bench.installer()])
            let folder = try #require(windows["folder"]?.stringValue)
            let install = try bench.text("\(folder)/Install-VelociraptorAgent.ps1")
            let payload = windows["files"]?.arrayValue?.first { $0["name"] == "velociraptor.msi" }
            let sum = try #require(payload?["sha256"]?.stringValue).uppercased()
            #expect(install.contains(sum))
            #expect(install.contains(#"C:\Program Files\Velociraptor\client.config.yaml"#))
            let mac = try await bench.call(Self.tool, ["os_type": "macos", "program": try bench.macProgram()])
            let place = try #require(mac["folder"]?.stringValue)
            for script in ["install.sh", "remove.sh"] {
                #expect(try Command.run("sh", "-n", "\(place)/\(script)").status == 0)
                #expect(try bench.mode("\(place)/\(script)") == 0o700)
            }
            let plist = try Command.run(
                "python3",
                "-c",
                "import plistlib,sys; print(plistlib.load(open(sys.argv[1],'rb'))['ProgramArguments'][1])",
                "\(place)/com.velocidex.velociraptor.plist"
            )
            #expect(plist.output == "client\n")
        }
    }
}
