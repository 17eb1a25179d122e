// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors
internal import MegaraptorPluginKit

extension VelociraptorPlugin {
    private static let json = "application/json"

    /// How many clients the resource shows; the tool shows more and searches.
    private static let listed = 100

    var clientList: Resource {
        Resource(
            "velociraptor://clients",
            name: "clients",
            title: "Clients",
            description:
                "The first \(Self.listed) endpoints that the server knows, in its own order. list_clients searches.",
            mimeType: Self.json
        ) { uri, context in
            let page = try await ListClients(client: client)(
                ListClients.Request(limit: Self.listed, timeout: context.within(.seconds(30)))
            )
            return [Self.contents(uri, page.resource("client_list"))]
        }
    }

    var clientDetails: ResourceTemplate {
        ResourceTemplate(
            "velociraptor://clients/{client_id}",
            name: "client",
            title: "Client",
            description: "What the server knows about one endpoint.",
            mimeType: Self.json
        ) { uri, values, context in
            let id = values["client_id"] ?? ""
            let client = try await GetClientInfo(client: client)(id, timeout: context.within(.seconds(30)))
            return [Self.contents(uri, ["type": "client_detail", "client": .object(client)])]
        }
    }

    var serverInfo: Resource {
        Resource(
            "velociraptor://server-info",
            name: "server-info",
            title: "Server",
            description: "The server's version and clock, the user of this API key, its roles and permissions.",
            mimeType: Self.json
        ) { uri, context in
            var info = try await ServerInfo(client: client)(timeout: context.within(.seconds(30)))
            info["type"] = "server_info"
            return [Self.contents(uri, info)]
        }
    }

    private static func contents(_ uri: String, _ object: JSONObject) -> ResourceContents {
        ResourceContents(uri: uri, text: VisibleText.escape(JSONValue.object(object).json()), mimeType: json)
    }
}
