// SPDX-License-Identifier: Apache-2.0

extension Fleet {
    /// The three machines of ``Organization/branch``; nobody broke in there.
    static let branch = Fleet(
        endpoints: [
            workstation("ws-north-01", .windows11, "198.18.1.21", user: "k.virtanen", labels: ["sales"]),
            linux("srv-north-01", .debian12, "198.18.1.10", labels: ["file-server"], [.nginx]),
            mac("mac-north-01", "198.18.1.22", user: "lauri", labels: []),
        ]
    )

    /// The two machines of ``Organization/subsidiary``.
    static let subsidiary = Fleet(
        endpoints: [
            workstation("ws-south-01", .windows10, "198.18.2.21", user: "c.duarte", labels: []),
            linux("srv-south-01", .ubuntu2204, "198.18.2.10", labels: [], [.postgres]),
        ]
    )
}
