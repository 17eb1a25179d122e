// SPDX-License-Identifier: Apache-2.0

/// The clients a lab serves.
struct Fleet: Sendable {
    var endpoints: [Endpoint]
    /// What was done before the lab began, in any order.
    var history: [PastEvent] = []

    /// The office with its dozen and, up to `count` clients, generated workstations and servers behind it.
    static func office(clients count: Int) -> Fleet {
        let office = office
        let generated = (office.count..<max(count, office.count)).map(generated)
        return Fleet(endpoints: office + generated, history: officeHistory)
    }

    /// A trading company of twelve machines, three of which are in somebody else's hands; see ``Intrusion``.
    private static var office: [Endpoint] {
        [
            workstation(
                "ws-finance-07",
                .windows11,
                "192.0.2.57",
                user: "m.okafor",
                labels: ["finance"],
                Intrusion.reachWorkstation
            ),
            workstation("ws-finance-03", .windows10, "192.0.2.53", user: "t.lindqvist", labels: ["finance"]),
            workstation(
                "ws-design-02",
                .windows11,
                "192.0.2.62",
                user: "a.moreau",
                labels: ["design"],
                silent: .hours(1)
            ),
            workstation(
                "ws-legal-11",
                .windows11,
                "192.0.2.71",
                user: "r.castellano",
                labels: ["legal"],
                silent: .days(9)
            ),
            server("dc-01", .windowsServer2022, "192.0.2.10", labels: ["domain-controller", "Tier 0"]),
            server(
                "srv-files-01",
                .windowsServer2022,
                "192.0.2.20",
                labels: ["file-server"],
                Intrusion.reachFileServer
            ),
            server("srv-print-01", .windowsServer2022, "192.0.2.22", labels: []),
            linux("web-01", .ubuntu2204, "192.0.2.80", labels: ["dmz"], [.nginx]),
            linux("db-01", .debian12, "192.0.2.81", labels: ["database"], [.postgres]),
            linux("build-01", .debian12, "192.0.2.90", labels: ["build"], [.runner], Intrusion.reachBuildHost),
            mac("mac-design-01", "192.0.2.61", user: "ilse", labels: ["design"]),
            mac("mac-exec-02", "192.0.2.65", user: "sofia", labels: []),
        ]
    }

    typealias Change = @Sendable (inout Machine, Endpoint, Instant) -> Void

    static func workstation(
        _ name: String,
        _ release: SystemRelease,
        _ address: String,
        user: String,
        labels: [String],
        silent: Span? = nil,
        _ change: @escaping Change = { _, _, _ in }
    ) -> Endpoint {
        Endpoint(
            name,
            release: release,
            address: address,
            labels: labels,
            presence: silent.map(Endpoint.Presence.silent) ?? .online
        ) { endpoint, now in
            var machine = Machine.windows(endpoint, at: now, user: user)
            change(&machine, endpoint, now)
            return machine
        }
    }

    private static func server(
        _ name: String,
        _ release: SystemRelease,
        _ address: String,
        labels: [String],
        _ change: @escaping Change = { _, _, _ in }
    ) -> Endpoint {
        Endpoint(name, release: release, address: address, labels: labels) { endpoint, now in
            var machine = Machine.windows(endpoint, at: now, user: nil)
            change(&machine, endpoint, now)
            return machine
        }
    }

    static func linux(
        _ name: String,
        _ release: SystemRelease,
        _ address: String,
        labels: [String],
        _ daemons: [Machine.Daemon],
        _ change: @escaping Change = { _, _, _ in }
    ) -> Endpoint {
        Endpoint(name, release: release, address: address, labels: labels) { endpoint, now in
            var machine = Machine.linux(endpoint, at: now, daemons: daemons)
            change(&machine, endpoint, now)
            return machine
        }
    }

    static func mac(_ name: String, _ address: String, user: String, labels: [String]) -> Endpoint {
        Endpoint(name, release: .macOS15, address: address, labels: labels) { endpoint, now in
            Machine.macOS(endpoint, at: now, user: user)
        }
    }

    /// The client at `index` of a large fleet: three workstations to one Linux server, spread over 10.0.0.0/8.
    private static func generated(_ index: Int) -> Endpoint {
        let number = String(index)
        let padded = String(repeating: "0", count: max(0, 5 - number.count)) + number
        let address = "10.\(index >> 16 & 255).\(index >> 8 & 255).\(index & 255)"
        if index % 4 == 0 {
            return linux("node-\(padded)", .debian12, address, labels: ["generated"], [.nginx])
        }
        return workstation("pc-\(padded)", .windows11, address, user: "user\(padded)", labels: ["generated"])
    }
}

extension Machine.Daemon {
    static let nginx = Self(
        name: "nginx",
        path: "/usr/sbin/nginx",
        arguments: " -g daemon off;",
        user: "root",
        port: 443
    )
    static let postgres = Self(
        name: "postgres",
        path: "/usr/lib/postgresql/15/bin/postgres",
        arguments: " -D /var/lib/postgresql/15/main",
        user: "postgres",
        port: 5432
    )
    static let runner = Self(
        name: "act_runner",
        path: "/usr/local/bin/act_runner",
        arguments: " daemon --config /etc/act_runner/config.yaml",
        user: "runner",
        port: 8088
    )
}
