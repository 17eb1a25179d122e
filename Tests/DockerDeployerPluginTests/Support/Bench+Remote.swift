// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import JSONValue
import SSHTestbed

extension DeploymentRequest {
    /// The same deployment, with the engine reached in another way.
    func reached(by options: JSONObject) -> DeploymentRequest {
        var copy = self
        var all = self.options.objectValue ?? [:]
        for (name, value) in options { all[name] = value }
        copy.options = .object(all)
        return copy
    }
}

extension SSHTestServer {
    /// The options by which a socket of this machine is reached through this server.
    func options(socket: String) -> JSONObject {
        [
            "engine": .string("ssh://\(user)@127.0.0.1:\(port)\(socket)"), "ssh_key_file": .string(userKey),
            "known_hosts": .string(knownHosts),
        ]
    }
}
