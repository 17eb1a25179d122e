// SPDX-License-Identifier: Apache-2.0

import CloudTestbed
import DeployerKit
import JSONValue

@testable import AzureDeployerPlugin

typealias TemplateCase = CloudCase

extension CloudCase {
    private static let elsewhere =
        "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/shared/providers/"

    static let given: JSONObject = [
        "subnet_id": .string("\(elsewhere)Microsoft.Network/virtualNetworks/hub/subnets/forensics")
    ]

    /// Everything at once.
    static let everything: JSONObject = [
        "region": "westeurope", "agent_ranges": ["0.0.0.0/0", "::/0"], "gui_ranges": ["203.0.113.0/24"],
        "api_ranges": ["203.0.113.7/32"], "ssh_ranges": ["203.0.113.7/32"], "disk_gb": 1000,
        "ssh_key": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA case@example.org",
        "dns_zone": .string("\(elsewhere)Microsoft.Network/dnsZones/example.org"),
        "certificate": .string("\(elsewhere)Microsoft.KeyVault/vaults/shared-vault/secrets/velociraptor-tls"),
        "program_url": "https://mirror.example.org:8443/velociraptor", "backup_days": 365, "wait_minutes": 45,
        "bastion": true, "encryption_at_host": true, "resource_group": "case-7",
    ]

    private static let choices: [(name: String, members: JSONObject)] = [
        ("default", [:]),
        ("agents", ["agent_ranges": ["0.0.0.0/0"]]),
        ("private", ["public_address": false]),
        ("private with a name", ["public_address": false, "dns_zone": everything["dns_zone"] ?? .null]),
        ("given network", given),
        ("given network, private", given.merging(["public_address": false])),
        ("no backup", ["backup_days": 0]),
        ("everything", everything),
        ("everything, given network", everything.merging(given)),
    ]

    static let all = table(choices)

    func template() throws -> DeploymentTemplate {
        try DeploymentTemplate(deployment, try AzureOptions(.object(options)))
    }
}

extension JSONValue {
    /// Every text in it, keys left out.
    var texts: [String] {
        switch self {
        case .string(let text): [text]
        case .array(let elements): elements.flatMap(\.texts)
        case .object(let object): object.flatMap(\.value.texts)
        default: []
        }
    }
}
