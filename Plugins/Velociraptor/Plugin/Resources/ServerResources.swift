// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorPluginKit

extension VelociraptorPlugin {
    var serverInfo: Resource {
        .velociraptor(
            "server-info",
            name: "server-info",
            title: "Server",
            description: "The server's version and clock, the user of this API key, its roles and permissions."
        ) { context in
            var info = try await ServerInfo(client: client)(timeout: context.within(.seconds(30)))
            info["type"] = "server_info"
            return info
        }
    }

    var organizationList: Resource {
        .velociraptor(
            "orgs",
            name: "orgs",
            title: "Organisations",
            description: "The organisations of the server, and whether this key may read clients in each."
        ) { context in
            try await ListOrganizations(client: client, timeout: context.within(.seconds(30)))()
                .resource("org_list", more: "list_orgs")
        }
    }
}
