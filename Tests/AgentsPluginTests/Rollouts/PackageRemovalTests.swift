// SPDX-License-Identifier: Apache-2.0

import CommandTestbed
import Foundation
import JSONValue
import Testing

@Suite("Agents that came as a package, removed by SSH", .timeLimit(.minutes(5)))
struct PackageRemovalTests {
    private static let key = "/etc/velociraptor.writeback.yaml"
    private static let program = "/usr/local/bin/velociraptor_client"
    private static let config = "/etc/velociraptor/client.config.yaml"

    @Test("are removed by its manager; the key goes only when wiped", arguments: ["deb", "rpm"], [false, true])
    func removed(kind: String, wipes: Bool) async throws {
        try await RolloutBench.with { bench, machines in
            let machine = try #require(machines.first)
            let manager = kind == "deb" ? try machine.makeDpkg() : try machine.makeRPM()
            try manager(["--install", try await Self.package(kind, bench)])
            try machine.write(Self.key, "client_id: C.1\n")
            let shown = try await bench.remove(machines, ["wipe": .bool(wipes)])
            #expect(shown.host(machine)["changes"]?.json().contains("package velociraptor-client") == true)
            #expect(machine.exists(Self.program))
            let removed = try await bench.remove(machines, ["confirm": true, "wipe": .bool(wipes)])
            #expect(removed.status(machine) == "removed", "\(removed.json())")
            #expect(removed.host(machine)["changes"] == shown.host(machine)["changes"])
            #expect(!machine.exists(Self.program) && !machine.exists("/etc/velociraptor"))
            #expect(machine.exists(Self.key) == !wipes)
            guard kind == "rpm" else {
                let known = try String(decoding: machine.bytes("/var/lib/dpkg/status"), as: UTF8.self)
                #expect(!known.contains("install ok installed"), "\(known)")
                return
            }
            #expect(throws: Command.Failure.self, "a second time there is nothing to remove") {
                try manager(["--erase", "velociraptor-client"])
            }
        }
    }

    @Test("leave nothing that keeps the next installation from having its configuration")
    func again() async throws {
        try await RolloutBench.with { bench, machines in
            let machine = try #require(machines.first)
            let dpkg = try machine.makeDpkg()
            let package = try Self.packageWithConffile(of: try await Self.package("deb", bench), in: bench.folder)
            try dpkg(["--install", package])
            try machine.write(Self.key, "client_id: C.1\n")
            let removed = try await bench.remove(machines, ["confirm": true])
            #expect(removed.status(machine) == "removed", "\(removed.json())")
            #expect(!machine.exists(Self.config) && machine.exists(Self.key))
            try dpkg(["--install", package])
            #expect(machine.exists(Self.config) && machine.exists(Self.program))
        }
    }

    private static func package(_ kind: String, _ bench: RolloutBench) async throws -> String {
        let made = try await bench.call(
            "generate_agent_installer",
            ["deployment_id": .string(AgentsBench.deployment), "os_type": "linux", "installer_type": .string(kind)]
        )
        return try #require(made["file_path"]?.stringValue)
    }

    /// The same as somebody else might have made it: without scripts, and its configuration is one of dpkg's own.
    private static func packageWithConffile(of package: String, in folder: URL) throws -> String {
        let (tree, other) = (folder.appending(path: "tree"), folder.appending(path: "other.deb").path)
        try Command.require(["dpkg-deb", "--raw-extract", package, tree.path])
        for name in ["postinst", "prerm", "postrm"] {
            try FileManager.default.removeItem(at: tree.appending(path: "DEBIAN/\(name)"))
        }
        try Data("\(config)\n".utf8).write(to: tree.appending(path: "DEBIAN/conffiles"))
        try Command.require(["dpkg-deb", "--build", tree.path, other])
        return other
    }
}
