// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import Foundation
import LinuxServer
import Testing

@Suite("The unit")
struct UnitTests {
    private static let golden = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "velociraptor_server.golden.service")

    private let layout = InstallLayout(
        binary: "/usr/local/bin/velociraptor-server",
        configFolder: "/etc/velociraptor",
        datastore: "/var/lib/velociraptor",
        logs: "/var/log/velociraptor",
        unitFolder: "/etc/systemd/system",
        service: "velociraptor_server",
        user: "velociraptor"
    )

    private var deployment: DeploymentSpecification {
        let end = { DeploymentSpecification.Endpoint(address: "127.0.0.1", port: $0) }
        return DeploymentSpecification(
            id: "vr-0123456789ab",
            name: "case 7",
            profile: "standard",
            limits: .init(memoryMB: 4096, cpus: 2.5, logRetentionDays: 30),
            hostname: "velociraptor.example.org",
            frontend: end(8000),
            gui: end(8889),
            api: end(8001),
            files: .init(folder: "/x", serverConfig: "/x/s", caCertificate: "/x/c"),
            labels: [:]
        )
    }

    @Test("is as it was agreed to")
    func unit() throws {
        let text = UnitFile(deployment: deployment, layout: layout).text
        if ProcessInfo.processInfo.environment["MEGARAPTOR_UPDATE_GOLDEN"] == "1" {
            try Data(text.utf8).write(to: Self.golden)
        }
        #expect(text == (try String(contentsOf: Self.golden, encoding: .utf8)))
    }

    @Test("waits for a datastore that is a disk of its own, and is the same besides")
    func mount() {
        let plain = UnitFile(deployment: deployment, layout: layout).text
        let mounted = UnitFile(deployment: deployment, layout: layout, needsMount: true).text
        #expect(mounted.contains("After=network-online.target\nRequiresMountsFor=/var/lib/velociraptor\n\n[Service]"))
        #expect(mounted.contains("Environment=TMPDIR=/var/tmp\n"), "a machine's /tmp may lie in its memory")
        let same = ["RequiresMountsFor=/var/lib/velociraptor\n", "Environment=TMPDIR=/var/tmp\n"]
        #expect(same.reduce(mounted) { $0.replacing($1, with: "") } == plain)
    }
}
