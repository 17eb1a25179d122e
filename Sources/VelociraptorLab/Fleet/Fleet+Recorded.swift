// SPDX-License-Identifier: Apache-2.0

extension Fleet {
    /// The two clients on which the exchanges in `Tests/Recorded` were recorded: one Linux host with two agents.
    ///
    /// Ids and searches of the recordings find here what they found there.
    static let recorded = Fleet(
        endpoints: ["C.b6668acdbecde889", "C.d86315fddf001c6d"].map { id in
            Endpoint("vm", domain: "", release: .debian12, address: "127.0.0.1", id: id) { endpoint, now in
                var machine = Machine.linux(endpoint, at: now, daemons: [.nginx])
                machine.processes.append(
                    Machine.Process(
                        pid: 10097,
                        parent: 1,
                        name: "velociraptor",
                        path: "/usr/local/bin/velociraptor",
                        commandLine: "/usr/local/bin/velociraptor --config server.config.yaml frontend",
                        user: "root",
                        started: now.before(.hours(1))
                    )
                )
                return machine
            }
        }
    )
}
