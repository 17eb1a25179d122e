// SPDX-License-Identifier: Apache-2.0

import VQLEvaluator

extension LabSymbols {
    var organizationPlugins: [PluginDefinition] {
        [
            PluginDefinition("orgs") { _, emit in
                try emit(["Name": "<root>", "OrgId": "root", "_client_config": .text(ClientConfiguration.yaml)])
            },
            PluginDefinition("gui_users") { _, emit in
                for account in Account.all { try emit(account.row) }
            },
        ]
    }

    var organizationFunctions: [FunctionDefinition] {
        [
            FunctionDefinition("org") { _ in
                [
                    "name": "<root>", "nonce": .text(ClientConfiguration.nonce), "id": "root",
                    "_client_config": [
                        "version": .dict(ClientConfiguration.version), "Client": .dict(ClientConfiguration.settings),
                    ],
                ]
            },
            FunctionDefinition("user") { call in
                let name = call.arguments.text("user") ?? ""
                guard let account = Account.all.first(where: { $0.name == name }) else {
                    throw VQLFailure("User not found: \(name)")
                }
                var row = account.row
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
