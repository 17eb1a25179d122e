// SPDX-License-Identifier: Apache-2.0

import JSONValue

extension ArtifactCollector {
    /// What a first look at a Linux host collects beside processes, sockets, accounts and persistence.
    static let linuxTriage: [ArtifactCollector] = [
        ArtifactCollector("Linux.Users.RootUsers", on: [.linux]) { site in
            site.machine.accounts.filter { $0.group == 0 }.map(\.passwordRow)
        },
        ArtifactCollector("Linux.Proc.Modules", on: [.linux]) { _ in
            [("ext4", 253_248, 3, nil), ("nf_tables", 294_912, 2, "nft_ct"), ("virtio_net", 61_440, 0, nil)].map {
                (name: String, size: Int, count: Int, users: String?) in
                [
                    "Name": .string(name), "Size": .int(size), "UseCount": .int(count),
                    "UsedBy": users.map(JSONValue.string) ?? .null, "Status": "Live", "Address": "0x0000000000000000",
                ]
            }
        },
        ArtifactCollector("Linux.Proc.Arp", on: [.linux]) { site in
            let network = site.endpoint.address.split(separator: ".").dropLast().joined(separator: ".")
            return [1, 10].map { host in
                var invented = Invented("neighbour \(network).\(host)")
                return [
                    "IP_address": .string("\(network).\(host)"), "HW_type": "0x1", "Flags": "0x2",
                    "HW_address": .string(invented.macAddress()), "Mask": "*", "Device": "eth0",
                ]
            }
        },
        ArtifactCollector(
            "Linux.Debian.Packages",
            sources: [
                Source(name: "DebPackages", systems: [.linux]) { site in
                    packages(of: site.endpoint.release).map { name, version, size in
                        [
                            "Package": .string(name), "_SelectionState": "install", "_Flag": "ok",
                            "State": "installed", "InstalledSize": .text(size), "Version": .string(version),
                            "Source": .null, "_Description": .string(name), "Architecture": "amd64",
                        ]
                    }
                },
                Source(name: "Snaps", systems: [.linux]) { _ in [] },
            ]
        ),
    ]

    private static func packages(of release: SystemRelease) -> [(String, String, Int)] {
        let suffix = release.platform == "ubuntu" ? "ubuntu1" : "+deb12u1"
        return [
            ("base-files", "12.4" + suffix, 341), ("bash", "5.2.15-2", 7_164), ("cron", "3.0pl1-162", 271),
            ("curl", "7.88.1-10" + suffix, 501), ("libc6", "2.36-9" + suffix, 12_988),
            ("nftables", "1.0.6-2" + suffix, 181), ("openssh-server", "1:9.2p1-2" + suffix, 1_938),
            ("openssl", "3.0.16-1" + suffix, 2_292), ("sudo", "1.9.13p3-1", 6_199), ("systemd", "252.36-1", 10_442),
        ]
    }
}
