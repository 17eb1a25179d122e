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
            }
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
            FunctionDefinition("server_metadata") { _ in ["SlackToken": ""] },
        ]
    }
}
