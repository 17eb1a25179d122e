// SPDX-License-Identifier: Apache-2.0

import VQLEvaluator

/// What the server keeps of a client.
struct ClientRecord: Sendable {
    var id: String
    /// `nil` for a record that `label()` made for an id nobody enrolled with.
    var endpoint: Endpoint?
    var labels: [String]
    var lastLabelled: Instant?
    var metadata: [CollectionRequest.Parameter] = []
    var firstSeen: Instant?
    var interrogation: String = ""
    /// Cut off by an artifact: only the server can be reached.
    var isQuarantined = false

    init(endpoint: Endpoint, start: Instant) {
        id = endpoint.id
        self.endpoint = endpoint
        labels = endpoint.labels
        firstSeen = start.before(endpoint.enrolled)
        var invented = Invented("interrogation " + endpoint.id)
        interrogation = "F.D" + invented.identifier(12)
    }

    /// A record without a client.
    init(ghost id: String, labels: [String]) {
        self.id = id
        self.labels = labels
    }

    var isOnline: Bool { endpoint?.presence == .online }

    func lastSeen(start: Instant, now: Instant) -> Instant? {
        endpoint?.lastSeen(start: start, now: now)
    }

    /// Address and port of the last connection.
    var lastAddress: String {
        guard let endpoint else { return "" }
        var invented = Invented("port " + id)
        return "\(endpoint.address):\(invented.number(in: 32768..<61000))"
    }
}

extension ClientRecord {
    /// The row of `clients()` and the value of `client_info()`.
    ///
    /// `first_seen_at` is in seconds and `last_seen_at` in microseconds, as on the real server.
    func row(start: Instant, now: Instant, inFlight: [(flow: String, since: Int64)]) -> VQLRow {
        VQLRow(
            names: Self.columns,
            values: [
                .text(id), agentInformation, systemInformation, .integer(firstSeen?.seconds ?? 0),
                .microseconds(lastSeen(start: start, now: now)), .text(lastAddress), .text(interrogation),
                .text(interrogation.isEmpty ? "" : "Generic.Client.Info/BasicInformation"), .texts(labels), 0, 0,
                .microseconds(lastLabelled), .dict(VQLRow(inFlight.map { ($0.flow, .integer($0.since)) })),
            ]
        )
    }

    private static let columns = [
        "client_id", "agent_information", "os_info", "first_seen_at", "last_seen_at", "last_ip",
        "last_interrogate_flow_id", "last_interrogate_artifact_name", "labels", "last_hunt_timestamp",
        "last_event_table_version", "last_label_timestamp", "in_flight_flows",
    ]

    private var agentInformation: VQLValue {
        [
            "version": .text(endpoint?.agentVersion ?? ""), "name": .text(endpoint == nil ? "" : "velociraptor"),
            "build_time": "", "build_url": "",
        ]
    }

    private var systemInformation: VQLValue {
        [
            "system": .text(endpoint?.system.rawValue ?? ""), "hostname": .text(endpoint?.hostname ?? ""),
            "release": .text(endpoint?.release.release ?? ""), "machine": .text(endpoint?.release.machine ?? ""),
            "fqdn": .text(endpoint?.fqdn ?? ""), "mac_addresses": .texts(endpoint?.macAddresses ?? []),
        ]
    }
}
