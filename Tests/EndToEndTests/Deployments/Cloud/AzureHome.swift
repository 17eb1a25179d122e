// SPDX-License-Identifier: Apache-2.0

import AzureTestbed
import Foundation
import JSONValue
import Testing

/// A subscription of Azure on this machine.
struct AzureHome {
    let azure: AzureTestbed
    let cloud: CloudHome

    init() throws {
        let azure = try AzureTestbed()
        let engine = LocalSocket.port(UInt16(try #require(URL(string: azure.url)?.port)))
        let gate = try RequestGate(to: engine, words: \.azureWords)
        self.azure = azure
        cloud = CloudHome(
            folder: try ScratchFolder(),
            gate: gate,
            account: { _ in
                [
                    "AZURE_TENANT_ID": AzureTestbed.tenant, "AZURE_CLIENT_ID": AzureTestbed.clientID,
                    "AZURE_CLIENT_SECRET": AzureTestbed.secret, "AZURE_SUBSCRIPTION_ID": AzureTestbed.subscription,
                ]
            },
            choices: ["cloud_provider": "azure", "region": "westeurope"],
            options: [
                "management_endpoint": .string(gate.socket.address), "authority_host": .string(gate.socket.address),
            ]
        )
    }
}
