// SPDX-License-Identifier: Apache-2.0

import CloudServer
import CloudTestbed
import DeployerKit
import Foundation
import LinuxServer
import Testing

@Suite("The boot script")
struct BootTests {
    private static let marker = "KEY-MARKER-9f3c"
    private static let program = "#!/bin/true\n"

    private let bench: BootBench

    init() throws {
        bench = try BootBench()
        try bench.set("program", Self.program)
        try bench.set("secret-config", "Frontend: \(Self.marker)\n")
    }

    /// The least that a cloud brings.
    private static let functions = """
        prepare() { begin 'machine'; }
        fetch_secret() { echo "fetch $1 $2" >>"$CALLS"; cat "$STATE/secret-$1" >"$3"; }
        attach_data_disk() { data_device=/dev/data; }
        attach_address() { echo address >>"$CALLS"; }
        signal_result() { echo "signal $1 $2" >>"$CALLS"; }
        install_log_shipping() { echo shipping >>"$CALLS"; }
        install_updates() { echo updates >>"$CALLS"; }

        """

    private func script(version: String = "v1", sha256: String? = nil, certificate: Bool = false) throws -> String {
        let end = { DeploymentSpecification.Endpoint(address: "127.0.0.1", port: $0) }
        let deployment = DeploymentSpecification(
            id: "vr-0123456789ab",
            name: "case 7",
            profile: "standard",
            limits: .init(memoryMB: 4096, cpus: 2, logRetentionDays: 30),
            hostname: "velociraptor.example.org",
            frontend: end(8000),
            gui: end(8889),
            api: end(8001),
            files: .init(folder: "/x", serverConfig: "/x/s", caCertificate: "/x/c"),
            labels: [:]
        )
        let head = """
            PROGRAM_URL=https://example.org/program PROGRAM_SHA256=\(try sha256 ?? digest(Self.program))
            CONFIGURATION_SECRET=config CONFIGURATION_VERSION=\(version) CERTIFICATE_SECRET=tls

            """
        let unit = UnitFile(deployment: deployment, layout: ServerShape.paths, needsMount: true)
        let boot = BootScript(
            unit: unit,
            functions: Self.functions,
            hasCertificate: certificate,
            root: bench.root.path
        )
        return head + boot.text
    }

    private func digest(_ text: String) throws -> String {
        let outcome = try bench.run("printf '%s' '\(text)' | sha256sum | cut -d ' ' -f 1")
        return outcome.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    @Test("makes a server of an empty machine, and says that it answers")
    func first() throws {
        defer { bench.remove() }
        let outcome = try bench.run(try script())
        #expect(outcome.code == 0, "\(outcome.output)")
        #expect(outcome.calls.last == "signal 0 The server answers.")
        #expect(bench.text("usr/local/bin/velociraptor-server") == Self.program)
        #expect(try bench.mode("usr/local/bin/velociraptor-server") == 0o755)
        #expect(bench.text("etc/velociraptor/server.config.yaml") == "Frontend: \(Self.marker)\n")
        #expect(try bench.mode("etc/velociraptor/server.config.yaml") == 0o600)
        #expect(try bench.mode("etc/velociraptor") == 0o700)
        #expect(bench.text("etc/systemd/system/velociraptor_server.service")?.contains("RequiresMountsFor=") == true)
        #expect(bench.text("etc/fstab")?.contains("/opt/velociraptor xfs defaults,nofail") == true)
        #expect(outcome.called("mkfs.xfs -q -L velociraptor /dev/data"))
        #expect(outcome.called("systemctl restart velociraptor_server"))
        for step in ["address", "shipping", "updates", "fetch config v1"] { #expect(outcome.calls.contains(step)) }
    }

    @Test("tells nothing of what is in the configuration")
    func silent() throws {
        defer { bench.remove() }
        let outcome = try bench.run(try script())
        #expect(outcome.code == 0)
        #expect(!outcome.output.contains(Self.marker))
        #expect(!outcome.calls.joined().contains(Self.marker))
        #expect(!(try script()).contains(Self.marker))
    }

    @Test("changes nothing when it runs again")
    func again() throws {
        defer { bench.remove() }
        _ = try bench.run(try script())
        let mounts = bench.text("etc/fstab")
        let outcome = try bench.run(try script())
        #expect(outcome.code == 0)
        for command in ["mkfs", "useradd", "mount /", "systemctl restart", "curl --fail"] {
            #expect(!outcome.called(command), "\(command)")
        }
        #expect(outcome.called("systemctl start velociraptor_server"))
        #expect(bench.text("etc/fstab") == mounts)
    }

    @Test("takes another configuration and starts the server anew")
    func update() throws {
        defer { bench.remove() }
        _ = try bench.run(try script())
        try bench.set("secret-config", "Frontend: other\n")
        let outcome = try bench.run(try script(version: "v2"))
        #expect(outcome.calls.contains("fetch config v2"))
        #expect(outcome.called("systemctl restart velociraptor_server"))
        #expect(bench.text("etc/velociraptor/server.config.yaml") == "Frontend: other\n")
    }

    @Test("installs nothing whose checksum is another, and says so")
    func checksum() throws {
        defer { bench.remove() }
        let outcome = try bench.run(try script(sha256: String(repeating: "0", count: 64)))
        #expect(outcome.code != 0)
        #expect(bench.text("usr/local/bin/velociraptor-server") == nil)
        #expect(bench.text("usr/local/bin/velociraptor-server.next") == nil)
        #expect(
            outcome.calls.last?.hasPrefix("signal 1 The step 'program' failed. The program has the SHA-256") == true
        )
        #expect(!outcome.called("fetch config"))
        #expect(!outcome.called("systemctl restart"))
    }

    @Test("tells a download that does not succeed")
    func download() throws {
        defer { bench.remove() }
        try bench.setCommand("curl", "exit 22")
        let outcome = try bench.run(try script())
        #expect(outcome.code == 22)
        #expect(outcome.calls.last?.hasPrefix("signal 1 The step 'program' failed.") == true)
    }

    @Test(
        "leaves a disk alone that holds anything",
        arguments: [
            ("disk", "ext4"), ("disk", "LVM2_member"), ("probe", "8"), ("signatures", "0x1fe dos"), ("parts", "disk1"),
        ]
    )
    func foreign(state: String, text: String) throws {
        defer { bench.remove() }
        try bench.set(state, text + "\n")
        let outcome = try bench.run(try script())
        #expect(outcome.code != 0)
        #expect(!outcome.called("mkfs"))
        #expect(!bench.has("mounted"))
        #expect(outcome.calls.last?.hasPrefix("signal 1 The step 'data disk' failed.") == true)
    }

    @Test("asks a disk for its size before the file system grows, where it can be asked")
    func grown() throws {
        defer { bench.remove() }
        let scan = bench.root.appending(path: "sys/class/block/data/device/rescan")
        try FileManager.default.createDirectory(
            at: scan.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try Data().write(to: scan)
        try bench.setCommand("xfs_growfs", "cat '\(scan.path)' >\"$STATE/scanned\"")
        let outcome = try bench.run(try script())
        #expect(outcome.code == 0, "\(outcome.output)")
        #expect(bench.text("sys/class/block/data/device/rescan") == "1\n")
        #expect(try String(contentsOf: bench.folder.appending(path: "state/scanned"), encoding: .utf8) == "1\n")
    }

    @Test("mounts the disk of the machine before it as it is")
    func known() throws {
        defer { bench.remove() }
        try bench.set("disk", "xfs\n")
        let outcome = try bench.run(try script())
        #expect(outcome.code == 0)
        #expect(!outcome.called("mkfs"))
        #expect(bench.has("mounted"))
    }

    @Test("fails where the server does not answer", arguments: [("frontend", "000"), ("gui", "502")])
    func unready(port: String, status: String) throws {
        defer { bench.remove() }
        try bench.set(port, status)
        let outcome = try bench.run(try script())
        #expect(outcome.code != 0)
        #expect(outcome.calls.last?.hasPrefix("signal 1 The step 'readiness' failed.") == true)
        #expect(outcome.calls.last?.contains("'\(status)'") == true)
        #expect(outcome.calls.filter { $0.hasPrefix("sleep 2") }.count == 60)
    }

    @Test("puts certificate and key apart, each for the server alone")
    func certificate() throws {
        defer { bench.remove() }
        let chain = "-----BEGIN CERTIFICATE-----\nleaf\n-----END CERTIFICATE-----\n"
        let root = "-----BEGIN CERTIFICATE-----\nroot\n-----END CERTIFICATE-----\n"
        let key = "-----BEGIN PRIVATE KEY-----\n\(Self.marker)\n-----END PRIVATE KEY-----\n"
        try bench.set("secret-tls", chain + key + root)
        let outcome = try bench.run(try script(certificate: true))
        #expect(outcome.code == 0, "\(outcome.output)")
        #expect(bench.text("etc/velociraptor/tls/certificate.pem") == chain + root)
        #expect(bench.text("etc/velociraptor/tls/key.pem") == key)
        #expect(try bench.mode("etc/velociraptor/tls/key.pem") == 0o600)
        #expect(bench.text("etc/velociraptor/tls/bundle.next") == nil)
        #expect(!outcome.output.contains(Self.marker))
    }

    @Test("does not take an empty secret for a configuration")
    func empty() throws {
        defer { bench.remove() }
        try bench.set("secret-config", "")
        let outcome = try bench.run(try script())
        #expect(outcome.code != 0)
        #expect(bench.text("etc/velociraptor/server.config.yaml") == nil)
        #expect(outcome.calls.last?.hasPrefix("signal 1 The step 'configuration' failed.") == true)
    }
}
