// SPDX-License-Identifier: Apache-2.0

import JSONValue

extension ArtifactCollector {
    static let network: [ArtifactCollector] = [
        ArtifactCollector("Windows.Network.Netstat", on: [.windows]) { site in
            site.machine.sockets.map { socket in
                [
                    "Pid": .int(socket.pid), "Name": .string(site.machine.process(socket.pid)?.name ?? ""),
                    "Family": .string(socket.family), "Type": .string(socket.transport),
                    "Status": .string(socket.status), "Laddr.IP": .string(socket.local),
                    "Laddr.Port": .int(socket.localPort), "Raddr.IP": .string(socket.remote),
                    "Raddr.Port": .int(socket.remotePort), "Timestamp": .time(socket.opened),
                ]
            }
        },
        ArtifactCollector("Windows.Network.NetstatEnriched", source: "Netstat", on: [.windows], rows: enrichedWindows),
        ArtifactCollector(
            "Linux.Network.Netstat",
            sources: [
                Source(name: "TCP4", systems: [.linux]) { $0.linuxSockets(ipv6: false) },
                Source(name: "TCP6", systems: [.linux]) { $0.linuxSockets(ipv6: true) },
            ]
        ),
        ArtifactCollector("Linux.Network.NetstatEnriched", on: [.linux], rows: enrichedUnix),
        ArtifactCollector("MacOS.Network.Netstat", on: [.darwin]) { site in
            site.machine.sockets.map { socket in
                let process = site.machine.process(socket.pid)
                return [
                    "Laddr": .string(socket.local), "Lport": .int(socket.localPort), "Raddr": .string(socket.remote),
                    "Rport": .int(socket.remotePort), "Pid": .int(socket.pid), "Status": .string(socket.status),
                    "Type": .string(socket.transport), "ProcInfo": process?.info ?? .null,
                    "CallChain": .string(process.map(site.machine.callChain) ?? ""), "ChildrenTree": .null,
                ]
            }
        },
        ArtifactCollector("Windows.System.DNSCache", on: [.windows]) { site in
            site.machine.resolvedNames.map { entry in
                [
                    "Name": .string(entry.name), "Record": .string(entry.record), "RecordType": "A", "_RecordType": 1,
                    "TTL": .int(entry.timeToLive), "QueryStatus": "Success", "_QueryStatus": 0,
                    "SectionType": "Answer", "_SectionType": 1,
                ]
            }
        },
        ArtifactCollector("Generic.Network.InterfaceAddresses", on: .everywhere) { site in
            [
                interface(1, "lo", hardware: nil, flags: "up|loopback|running", address: "127.0.0.1", mask: "ff000000"),
                interface(
                    2,
                    site.endpoint.system == .darwin ? "en0" : "eth0",
                    hardware: site.endpoint.macAddresses.first,
                    flags: "up|broadcast|multicast|running",
                    address: site.endpoint.address,
                    mask: "ffffff00"
                ),
            ]
        },
    ]

    private static let enrichedWindows: @Sendable (Site) -> [JSONObject] = { site in
        site.machine.sockets.filter {
            site.accepts($0.remote, by: "IPRegex") && site.accepts(String($0.remotePort), by: "PortRegex")
        }
        .compactMap { socket in
            guard let process = site.machine.process(socket.pid), site.accepts(process.name, by: "ProcessNameRegex")
            else { return nil }
            return [
                "Pid": .int(socket.pid), "Ppid": .int(process.parent), "Name": .string(process.name),
                "Path": .string(process.path), "CommandLine": .string(process.commandLine), "Hash": process.hash,
                "Username": .string(process.user), "Authenticode": process.authenticode,
                "Family": .string(socket.family), "Type": .string(socket.transport), "Status": .string(socket.status),
                "Laddr": .string(socket.local), "Lport": .int(socket.localPort), "Raddr": .string(socket.remote),
                "Rport": .int(socket.remotePort), "Timestamp": .time(socket.opened), "ProcessMemory": .null,
                "KillProcess": .null,
            ]
        }
    }

    private static let enrichedUnix: @Sendable (Site) -> [JSONObject] = { site in
        site.machine.sockets.map { socket in
            let process = site.machine.process(socket.pid)
            return [
                "Laddr": .string(socket.local), "Lport": .int(socket.localPort), "Raddr": .string(socket.remote),
                "Rport": .int(socket.remotePort), "Pid": .int(socket.pid), "Status": .string(socket.status),
                "ProcInfo": process?.info ?? [:],
                "CallChain": .string(process.map(site.machine.callChain) ?? ""), "ChildrenTree": [:],
            ]
        }
    }

    private static func interface(
        _ index: Int,
        _ name: String,
        hardware: String?,
        flags: String,
        address: String,
        mask: String
    ) -> JSONObject {
        [
            "Index": .int(index), "MTU": .int(index == 1 ? 65536 : 1500), "Name": .string(name),
            "HardwareAddr": hardware.map(JSONValue.string) ?? .null, "Flags": .string(flags),
            "IP": .string(address), "Mask": .string(mask),
        ]
    }
}

extension ArtifactCollector.Site {
    fileprivate func linuxSockets(ipv6: Bool) -> [JSONObject] {
        machine.sockets.filter { $0.isIPv6 == ipv6 }.map { socket in
            var row: JSONObject = ipv6 ? ["Type": "TCP6"] : [:]
            let process = machine.process(socket.pid)
            row["inode"] = .text(10_000 + socket.localPort)
            row["State"] = .string(socket.status == "ESTAB" ? "Established" : "Listening")
            row["uid"] = .text(machine.accounts.first { $0.name == process?.user }?.id ?? 0)
            row["ProcessInfo"] = process?.info ?? .null
            row["LocalAddr"] = .string(socket.local)
            row["LocalPort"] = .int(socket.localPort)
            row["RemoteAddr"] = .string(socket.remote)
            row["RemotePort"] = .int(socket.remotePort)
            return row
        }
    }
}

extension Machine.Socket {
    fileprivate var family: String { isIPv6 ? "IPv6" : "IPv4" }
}

extension Machine.Process {
    fileprivate var info: JSONValue {
        [
            "Pid": .int(pid), "Ppid": .int(parent), "Name": .string(name), "Exe": .string(path),
            "CommandLine": .string(commandLine), "Username": .string(user), "CreateTime": .time(started),
        ]
    }
}
