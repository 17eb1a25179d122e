// SPDX-License-Identifier: Apache-2.0

import JSONValue

extension ArtifactCollector {
    /// What every client is asked when it enrols.
    static let clientInfo: [ArtifactCollector] = [
        ArtifactCollector(
            "Generic.Client.Info",
            sources: [
                Source(name: "BasicInformation", systems: .everywhere, rows: { [$0.basicInformation] }),
                Source(name: "DetailedInfo", systems: .everywhere, rows: \.detailedInfo),
                Source(name: "LinuxInfo", systems: [.linux], rows: { [$0.linuxInfo] }),
                Source(name: "WindowsInfo", systems: [.windows], rows: { [$0.windowsInfo] }),
                Source(name: "Users", systems: [.windows], rows: \.recentUsers),
            ]
        )
    ]
}

extension ArtifactCollector.Site {
    fileprivate var basicInformation: JSONObject {
        [
            "Name": "velociraptor", "BuildTime": "", "Version": .string(endpoint.agentVersion), "build_url": "",
            "install_time": 0, "Labels": .null,
            "Hostname": .string(endpoint.hostname), "OS": .string(endpoint.system.rawValue),
            "Architecture": .string(endpoint.release.machine), "Platform": .string(endpoint.release.platform),
            "PlatformVersion": .string(endpoint.release.platformVersion),
            "KernelVersion": .string(endpoint.release.kernel), "Fqdn": .string(endpoint.fqdn),
            "MACAddresses": .strings(endpoint.macAddresses),
        ]
    }

    fileprivate var detailedInfo: [JSONObject] {
        let boot = machine.processes.map(\.started).min() ?? now
        let facts: [(String, JSONValue)] = [
            ("Hostname", .string(endpoint.hostname)), ("Uptime", .integer(now.seconds - boot.seconds)),
            ("BootTime", .integer(boot.seconds)), ("OS", .string(endpoint.system.rawValue)),
            ("Platform", .string(endpoint.release.platform)), ("PlatformFamily", .string(endpoint.release.platform)),
            ("PlatformVersion", .string(endpoint.release.platformVersion)),
            ("KernelVersion", .string(endpoint.release.kernel)), ("VirtualizationSystem", ""),
            ("VirtualizationRole", ""), ("CompilerVersion", "go1.27.3"), ("HostID", .string(endpoint.hostID)),
            ("Exe", .string(agent?.path ?? "")), ("CWD", "/"), ("IsAdmin", true),
            ("ClientStart", .time(agent?.started ?? boot)), ("LocalTZ", "UTC"), ("LocalTZOffset", 0),
            ("Fqdn", .string(endpoint.fqdn)), ("Architecture", .string(endpoint.release.machine)),
        ]
        return facts.map { ["Param": .string($0.0), "Value": $0.1] }
    }

    fileprivate var linuxInfo: JSONObject {
        [
            "Computer Info": [
                "TotalPhysicalMemory": 8_324_186_112, "TotalFreeMemory": 3_117_834_240, "TotalSharedMemory": 11_284_480,
                "TotalSwap": 0, "FreeSwap": 0,
            ],
            "Network Info": [
                [
                    "Name": "eth0", "MACAddress": .string(endpoint.macAddresses.first ?? ""), "Up": "Y",
                    "PointToPoint": "N", "IPAddresses": [.string(endpoint.address + "/24")],
                ]
            ],
        ]
    }

    fileprivate var windowsInfo: JSONObject {
        [
            "Computer Info": [
                "Name": .string(endpoint.hostname.uppercased()), "Domain": .string(endpoint.domain),
                "TotalPhysicalMemory": "17040871424", "DomainRole": "Member Workstation",
            ],
            "Network Info": [
                [
                    "Caption": "Network adapter", "IPAddresses": .string(endpoint.address),
                    "IPSubnet": "255.255.255.0", "MACAddress": .string(endpoint.macAddresses.first ?? ""),
                    "DefaultIPGateway": "192.0.2.1", "DNSServer": "192.0.2.10",
                ]
            ],
        ]
    }

    fileprivate var recentUsers: [JSONObject] {
        machine.accounts.map { account in
            [
                "Name": .string(account.name), "Description": .string(account.description),
                "LastLogin": .time(account.lastLogin ?? now),
            ]
        }
    }

    private var agent: Machine.Process? {
        machine.processes.first { $0.name.lowercased().hasPrefix("velociraptor") }
    }
}

extension Endpoint {
    fileprivate var hostID: String {
        var invented = Invented("host id " + hostname)
        return [8, 4, 4, 4, 12].map { invented.hex($0) }.joined(separator: "-")
    }
}
