// SPDX-License-Identifier: Apache-2.0

import JSONValue
import LinuxServer
import MegaraptorErrors
import Testing

@testable import BinaryDeployerPlugin

@Suite("Where things lie")
struct LayoutTests {
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
