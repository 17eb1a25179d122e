// SPDX-License-Identifier: Apache-2.0

internal import JSONValue

/// Where rows of evidence lie on the server.
enum EvidenceOrigin: Sendable, Hashable {
    case flow(client: String, flow: String)
    /// The rows of all clients of a hunt, or of one.
    case hunt(String, client: String?)

    /// The call that gives the rows of one source, in VQL. Its values come from ``variables``.
    ///
    /// Only for a flow does the server skip rows by itself.
    var source: String {
        switch self {
        case .flow:
            "source(client_id=ClientId, flow_id=FlowId, artifact=SourceName, start_row=int(int=StartRow))"
        case .hunt: "hunt_results(hunt_id=HuntId, artifact=SourceName)"
        }
    }

    /// Whether ``source`` begins at the row of the variable `StartRow`.
    var skipsRows: Bool {
        switch self {
        case .flow: true
        case .hunt: false
        }
    }

    /// What rows of the wanted client have in common, in VQL.
    var condition: String? {
        switch self {
        case .hunt(_, client: .some): "ClientId = WantedClient"
        default: nil
        }
    }

    var variables: [VQLQuery.Variable] {
        switch self {
        case .flow(let client, let flow): [.init("ClientId", client), .init("FlowId", flow)]
        case .hunt(let hunt, let client):
            [.init("HuntId", hunt)] + (client.map { [.init("WantedClient", $0)] } ?? [])
        }
    }

    var words: String {
        switch self {
        case .flow(let client, let flow): "flow \(flow) of client \(client)"
        case .hunt(let hunt, nil): "hunt \(hunt)"
        case .hunt(let hunt, let client?): "hunt \(hunt), client \(client)"
        }
    }

    /// By what a row can be found again, beside its artifact and number.
    var json: JSONObject {
        guard let deployment = ServerChoice.current.deployment else { return place }
        return place.adding(["connection": .string(deployment)])
    }

    private var place: JSONObject {
        switch self {
        case .flow(let client, let flow): ["client_id": .string(client), "flow_id": .string(flow)]
        case .hunt(let hunt, let client):
            ["hunt_id": .string(hunt), "client_id": client.map(JSONValue.string) ?? .null]
        }
    }
}
