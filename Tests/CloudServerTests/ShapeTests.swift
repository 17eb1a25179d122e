// SPDX-License-Identifier: Apache-2.0

import CloudServer
import DeployerKit
import JSONValue
import MegaraptorErrors
import Testing

@Suite("A server in any cloud")
struct ShapeTests {
    private func shape(
        _ options: JSONValue = [:],
        hostname: String = "velociraptor.example.org",
        clients: Int? = 2000,
        binary: DeploymentSpecification.Binary? = .init(
            path: "/x",
            sha256: "AB",
            version: "0.77.2",
            architecture: "amd64"
        )
    ) throws -> ServerShape {
        let end = { DeploymentSpecification.Endpoint(address: "127.0.0.1", port: $0) }
        let deployment = DeploymentSpecification(
            id: "vr-0123456789ab",
            name: "case 7",
            profile: "standard",
            limits: .init(memoryMB: 8192, cpus: 4, logRetentionDays: 30, maxClients: clients),
            hostname: hostname,
            frontend: end(8000),
            gui: end(8889),
            api: end(8001),
            binary: binary,
            files: .init(folder: "/x", serverConfig: "/x/s", caCertificate: "/x/c"),
            labels: [:]
        )
        return try ServerShape(deployment, try JSONValueDecoder().decode(CloudOptions.self, from: options))
    }

    @Test("is open to nobody unless it was said to whom")
    func closed() throws {
        let shape = try shape()
        #expect(shape.openPorts.isEmpty)
        #expect(shape.layout.gui.address == "127.0.0.1" && shape.layout.api.address == "127.0.0.1")
        #expect(
            shape.exposure(inside: "by a session").map(\.reach) == Array(repeating: "nobody; by a session", count: 3)
        )
        #expect(shape.warnings.contains { $0.hasPrefix("agent_ranges is empty") })
    }

    @Test("says what is open to the whole internet")
    func open() throws {
        let shape = try shape(["agent_ranges": ["0.0.0.0/0"], "gui_ranges": ["10.0.0.0/8", "10.0.0.0/8"]])
        #expect(shape.openPorts.map(\.ranges.count) == [1, 1])
        #expect(shape.warnings.first == "Port 8000 (agents) is open to the whole internet.")
        #expect(shape.layout.gui.address == "0.0.0.0")
        #expect(shape.exposure(inside: "").first?.reach == "everybody on the internet (0.0.0.0/0)")
        let nested = ["10.1.0.0/16", "203.0.113.0/24", "10.0.0.0/8", "10.2.0.0/16", "2001:db8::/48"]
        let ranges = try self.shape(["gui_ranges": .array(nested.map(JSONValue.string))]).openPorts.first?.ranges
        #expect(ranges?.map(\.text) == ["203.0.113.0/24", "10.0.0.0/8", "2001:db8::/48"], "each address once")
        let inside = try self.shape(["agent_ranges": ["0.0.0.0/0"], "public_address": false])
        #expect(inside.exposure(inside: "").first?.reach == "inside its network: 0.0.0.0/0")
    }

    @Test("has a disk, backups and warnings by its profile")
    func profile() throws {
        #expect(try shape().diskGB == 200)
        #expect(try shape(clients: nil).diskGB == 500)
        #expect(try shape(["disk_gb": 64, "backup_days": 0]).diskGB == 64)
        #expect(try shape().backupDays == 30)
        #expect(try shape(["backup_days": 0]).warnings.contains { $0.hasPrefix("No backups") })
        #expect(try shape(clients: nil).warnings.contains { $0.contains("10000 agents") })
        #expect(try !shape().warnings.contains { $0.contains("10000 agents") })
    }

    @Test("takes the vendor's release where nothing else is said, and the right file of it")
    func program() throws {
        let vendor = "https://github.com/Velocidex/velociraptor/releases/download"
        #expect(try shape().program.url == "\(vendor)/v0.77.2/velociraptor-v0.77.2-linux-amd64-musl")
        let old = try shape(["program_version": "0.74.3", "program_architecture": "arm64"]).program
        #expect(old.url == "\(vendor)/v0.74/velociraptor-v0.74.3-linux-arm64")
        #expect(old.sha256 == "ab")
        #expect(
            try shape(["program_url": "https://mirror.example.org/v"]).program.url == "https://mirror.example.org/v"
        )
        let error = #expect(throws: MegaraptorError.self) { try shape(["program_version": "0.77.2"], binary: nil) }
        #expect(error?.code == .failedPrecondition)
    }

    @Test(
        "refuses a name that means the agents' own machines",
        arguments: ["localhost", "127.0.0.1", "a.localhost", "::1"]
    )
    func loopback(hostname: String) throws {
        #expect(try shape(hostname: hostname).problems.map(\.field) == ["server_hostname"])
        #expect(try shape().problems.isEmpty)
        #expect(try shape(["dns_zone": "Z1"], hostname: "192.0.2.1").problems.map(\.field) == ["dns_zone"])
    }

    @Test("costs what machine, disk and the rest cost, and says that it is rough")
    func cost() throws {
        let size = MachineSize("m6i.xlarge", 4, memoryMB: 16_384, .amd64, monthlyUSD: 140)
        let cost = try shape().cost(size: size, diskPerGB: 0.08, extras: [("public address", 4)])
        #expect(cost.class == .medium)
        #expect(
            cost.text.hasPrefix("About 160 USD a month (machine m6i.xlarge 140, disk of 200 GB 16, public address 4)")
        )
        #expect(try shape().cost(size: nil, diskPerGB: 0.08, extras: []).class == .high)
    }

    @Test("fits into the smallest machine that leaves room for the system")
    func size() throws {
        let table = [
            MachineSize("tight", 4, memoryMB: 8192, .amd64, monthlyUSD: 100),
            MachineSize("dear", 8, memoryMB: 65_536, .amd64, monthlyUSD: 500),
            MachineSize("right", 4, memoryMB: 16_384, .amd64, monthlyUSD: 140),
            MachineSize("other", 4, memoryMB: 16_384, .arm64, monthlyUSD: 110),
        ]
        #expect(try shape().size(of: table).name == "right")
        #expect(throws: MegaraptorError.self) { try shape().size(of: []) }
    }

    @Test("is written for Terraform so that nothing is taken for a template")
    func terraform() {
        var variables = TerraformVariables(preamble: "one\n\ntwo")
        variables.set("a", ["x": "${b}", "y": ["%{c}", 1], "z": [["d": true]]], "About.")
        let text = """
            # one
            #
            # two

            # About.
            a = {
              "x" = "$${b}"
              "y" = ["%%{c}", 1]
              "z" = [
                {
                  "d" = true
                },
              ]
            }

            """
        #expect(variables.text == text)
    }

    @Test(
        "a program's URL has no room for a password, a signature or another line",
        arguments: [
            "https://user:password@mirror.example.org/v", "https://mirror.example.org/v?X-Amz-Signature=0a",
            "https://mirror.example.org/v#part", "http://mirror.example.org/v", "https://mirror.example.org/v'\n",
        ]
    )
    func programURL(_ text: String) throws {
        let pattern = try Regex(ProgramSource.urlPattern)
        #expect(text.wholeMatch(of: pattern) == nil)
        #expect("https://mirror.example.org:8443/a%20b/velociraptor-v0.77.2".wholeMatch(of: pattern) != nil)
    }
}
