// SPDX-License-Identifier: Apache-2.0

import Glibc
import JSONValue
import MegaraptorErrors

extension DemoStep {
    /// From a plan to the end of a server, in the image that holds what the lab needs.
    static func deployment(binary: String) throws -> [DemoStep] {
        let ports = try FreePorts.three()
        let server: JSONObject = [
            "deployment_type": "docker", "profile": "minimal", "name": "demo", "binary": .string(binary),
            "frontend_address": "127.0.0.1", "frontend_port": JSONValue(ports[0]), "gui_port": JSONValue(ports[1]),
            "api_port": JSONValue(ports[2]),
            "options": ["base_image": .string(DemoImage.name), "allow_unpinned_image": true, "network_mode": "host"],
        ]
        var agreed = server
        agreed["deployment_id"] = "{id}"
        agreed["plan_digest"] = "{digest}"
        return [
            .tool(
                "What would a server in a container mean? Nothing is made yet",
                "plan_deployment",
                .object(server),
                keeps: [("id", ["deployment_id"]), ("digest", ["digest"])]
            ),
            .tool("Deploy just that", "deploy_server", .object(agreed)),
            .tool("How is it?", "get_deployment_status", ["deployment_id": "{id}"]),
            .tool("Is everything about it as it should be?", "validate_deployment", ["deployment_id": "{id}"]),
            .tool(
                "Who has enrolled at the new server? Nobody yet, and that is said",
                "list_clients",
                ["connection": "{id}"]
            ),
            .tool("What would destroying it take away?", "destroy_deployment", ["deployment_id": "{id}"]),
            .tool(
                "Destroy it, with its data",
                "destroy_deployment",
                ["deployment_id": "{id}", "confirm": true, "delete_data": true]
            ),
        ]
    }
}

/// Ports of this machine that nobody listens on.
private enum FreePorts {
    static func three() throws -> [Int] {
        var sockets: [Int32] = []
        defer { for each in sockets { close(each) } }
        return try (0..<3).map { _ in
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            sockets.append(descriptor)
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
            var size = socklen_t(MemoryLayout<sockaddr_in>.size)
            let isBound = withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &size) == 0
                }
            }
            guard isBound else { throw MegaraptorError(.resourceExhausted, "No free port can be found.") }
            return Int(UInt16(bigEndian: address.sin_port))
        }
    }
}
