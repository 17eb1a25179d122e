// SPDX-License-Identifier: Apache-2.0

import VQLEvaluator

extension LabSymbols {
    var organizationPlugins: [PluginDefinition] {
        [
            PluginDefinition("orgs") { _, emit in
                for server in organizations.all {
                    let organization = server.organization
                    try emit([
                        "Name": .text(organization.name), "OrgId": .text(organization.id),
                        "_client_config": .text(ClientConfiguration(organization: organization).yaml),
                    ])
                }
            },
            PluginDefinition("gui_users") { call, emit in
                let organization = server(call).organization
                // Elsewhere those are listed who have rights there.
                for account in Account.all where organization == .root || account.rolesElsewhere[organization.id] != nil
                {
                    try emit(account.row(in: organization))
                }
            },
        ]
    }

    var organizationFunctions: [FunctionDefinition] {
        [
            FunctionDefinition("org") { call in
                let organization = server(call).organization
                let settings = ClientConfiguration(organization: organization).settings
                return [
                    "name": .text(organization.name), "nonce": .text(organization.nonce), "id": .text(organization.id),
                    "_client_config": [
                        "version": .dict(ClientConfiguration.version), "Client": .dict(settings),
                    ],
                ]
            },
            FunctionDefinition("user") { call in
                let name = call.arguments.text("user") ?? ""
                guard let account = Account.all.first(where: { $0.name == name }) else {
                    throw VQLFailure("User not found: \(name)")
                }
                var row = account.row(in: server(call).organization)
                for hidden in ["email", "stats", "_policy"] { row[hidden] = nil }
                return .dict(row)
            },
            FunctionDefinition("user_delete") { call in
                let name = call.arguments.text("user") ?? ""
                guard Account.all.contains(where: { $0.name == name }) else {
                    throw VQLFailure("User not found: \(name)")
                }
                throw VQLFailure("The lab keeps its users")
            },
            FunctionDefinition("whoami") { call in .text(call.context.session.principal) },
            FunctionDefinition("server_metadata") { _ in ["SlackToken": ""] },
        ]
    }
}
