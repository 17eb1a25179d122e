// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import Foundation
import JSONValue
import MegaraptorErrors
import Testing

@testable import BinaryDeployerPlugin

@Suite("The unit")
struct UnitTests {
    private static let golden = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "velociraptor_server.golden.service")

    @Test("is as it was agreed to")
    func unit() throws {
        let end = { DeploymentSpecification.Endpoint(address: "127.0.0.1", port: $0) }
        let deployment = DeploymentSpecification(
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
        let layout = try BinaryOptions(["target_host": "localhost"]).layout
        let text = UnitFile(deployment: deployment, layout: layout).text
        if ProcessInfo.processInfo.environment["MEGARAPTOR_UPDATE_GOLDEN"] == "1" {
            try Data(text.utf8).write(to: Self.golden)
        }
        #expect(text == (try String(contentsOf: Self.golden, encoding: .utf8)))
    }

    @Test("an instance name goes into every default")
    func instance() throws {
        let one = try BinaryOptions(["target_host": "localhost"]).layout
        let two = try BinaryOptions(["target_host": "localhost", "instance": "case7"]).layout
        #expect(one.unit == "/etc/systemd/system/velociraptor_server.service")
        #expect(two.unit == "/etc/systemd/system/velociraptor_server-case7.service")
        for path in [\InstallLayout.binary, \.configFolder, \.datastore, \.logs] {
            #expect(two[keyPath: path] == one[keyPath: path] + "-case7")
        }
    }

    @Test("a marker is read as it was written, without the parts that are not there yet")
    func marker() throws {
        var marker = DeploymentMarker(deployment: "vr-0123456789ab", labels: ["a": "b"], host: "localhost")
        marker.files = ["/etc/velociraptor/server.config.yaml": "00"]
        marker.firewall = [.init(tool: "ufw", port: 8000)]
        #expect(try DeploymentMarker(json: marker.json) == marker)
        #expect(try DeploymentMarker(text: marker.json.sorted.prettyJSON()) == marker)
    }
}
