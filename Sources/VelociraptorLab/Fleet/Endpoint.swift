// SPDX-License-Identifier: Apache-2.0

/// One enrolled client of the lab: who it is and when it was last heard of.
struct Endpoint: Sendable {
    /// Whether the client answers now.
    enum Presence: Sendable, Hashable {
        case online
        /// Silent for this long, counted from the start of the lab.
        case silent(Span)
    }

    /// `C.` and sixteen hexadecimal digits.
    var id: String
    var hostname: String
    var domain: String
    var release: SystemRelease
    var address: String
    var labels: [String] = []
    var agentVersion = "0.77.2"
    var presence: Presence = .online
    /// How long before the start of the lab the client enrolled.
    var enrolled: Span = .days(120)
    var macAddresses: [String]
    /// Builds what runs and lies on the machine; called when an artifact is collected.
    var machine: @Sendable (Endpoint, Instant) -> Machine

    var fqdn: String { domain.isEmpty ? hostname : "\(hostname).\(domain)" }
    var system: OperatingSystem { release.system }

    init(
        _ hostname: String,
        domain: String = "corp.example.com",
        release: SystemRelease,
        address: String,
        id: String? = nil,
        labels: [String] = [],
        presence: Presence = .online,
        machine: @escaping @Sendable (Endpoint, Instant) -> Machine
    ) {
        var invented = Invented("client " + hostname)
        self.id = id ?? "C.\(invented.hex(16))"
        self.hostname = hostname
        self.domain = domain
        self.release = release
        self.address = address
        self.labels = labels
        self.presence = presence
        self.machine = machine
        macAddresses = [invented.macAddress()]
    }

    /// When the client last polled, seen at `now` from a lab started at `start`. An online client polls all the time.
    func lastSeen(start: Instant, now: Instant) -> Instant {
        switch presence {
        case .online: now
        case .silent(let span): start.before(span)
        }
    }
}
