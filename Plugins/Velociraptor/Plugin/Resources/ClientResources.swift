// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorPluginKit

extension VelociraptorPlugin {
    /// How many clients the resource shows; the tool shows more and searches.
    private static let listed = 100

    var clientList: Resource {
        .velociraptor(
            "clients",
            name: "clients",
            title: "Clients",
            description: """
                The first \(Self.listed) endpoints that the server knows, in its own order. list_clients pages through \
                all of them and searches.
                """
        ) { context in
            let page = try await ListClients(client: client)(
                ListClients.Request(limit: Self.listed, timeout: context.within(.seconds(30)))
            )
            return page.resource("client_list", more: "list_clients")
        }
    }

    var clientDetails: ResourceTemplate {
        .velociraptor(
            "clients/{client_id}",
            name: "client",
            title: "Client",
            description: "What the server knows about one endpoint."
        ) { values, context in
            let id = try values.identifier(.client)
            let details = try await GetClientInfo(client: client)(id, timeout: context.within(.seconds(30)))
            return ["type": "client_detail", "client": .object(details)]
        }
    }

    var flowDetails: ResourceTemplate {
        .velociraptor(
            "flows/{client_id}/{flow_id}",
            name: "flow",
            title: "Flow",
            description: """
                How far one collection of a client has come. Changes are announced to subscribers until it is done; \
                get_flow_results reads its rows.
                """
        ) { values, context in
            let watch = FlowWatch(
                client: client,
                clientID: try values.identifier(.clientOrServer),
                flowID: try values.identifier(.flow),
                timeout: context.within(.seconds(30))
            )
            let state = try await watch.state()
            let presence = state.isPending ? try await watch.presence() : nil
            return ["type": "flow_detail", "flow": .object(state.json(organization: nil, presence: presence))]
        }
    }
}
