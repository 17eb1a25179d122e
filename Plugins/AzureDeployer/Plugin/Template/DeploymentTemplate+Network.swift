// SPDX-License-Identifier: Apache-2.0

import CloudServer
import JSONValue

extension DeploymentTemplate {
    private static let version = "2024-05-01"

    var ownsNetwork: Bool { options.subnetID == nil }
    /// A server without an address of its own fetches its program through a gateway.
    var hasGateway: Bool { ownsNetwork && !options.hasPublicAddress }

    var networkID: String { "resourceId('Microsoft.Network/virtualNetworks', '\(name)')" }
    /// As a value: an expression, or the id that was given.
    var subnetID: JSONValue {
        options.subnetID.map(JSONValue.string)
            ?? .string("[resourceId('Microsoft.Network/virtualNetworks/subnets', '\(name)', 'server')]")
    }
    var addressID: String { "resourceId('Microsoft.Network/publicIPAddresses', '\(name)')" }
    var interfaceID: String { "resourceId('Microsoft.Network/networkInterfaces', '\(name)')" }
    var firewallID: String { "resourceId('Microsoft.Network/networkSecurityGroups', '\(name)')" }

    var network: [TemplateResource] {
        var parts = [firewall]
        if hasGateway { parts += gateway }
        if ownsNetwork { parts.append(ownNetwork) }
        if options.hasPublicAddress {
            parts.append(
                address(name, "The address that agents have been given. It stays the same as long as it is there.")
            )
        }
        parts.append(interface)
        if options.bastion == true { parts.append(bastion) }
        return parts
    }

    private func address(_ name: String, _ note: String) -> TemplateResource {
        TemplateResource(
            "Microsoft.Network/publicIPAddresses",
            Self.version,
            name,
            note,
            [
                "sku": ["name": "Standard"],
                "properties": ["publicIPAllocationMethod": "Static", "publicIPAddressVersion": "IPv4"],
            ]
        )
    }

    private var gateway: [TemplateResource] {
        let outside = address("\(name)-gateway", "From here the server's own requests come.")
        let gateway = TemplateResource(
            "Microsoft.Network/natGateways",
            Self.version,
            name,
            "Lets requests out and none in.",
            after: [outside.id],
            ["sku": ["name": "Standard"], "properties": ["publicIpAddresses": [["id": .string("[\(outside.id)]")]]]]
        )
        return [outside, gateway]
    }

    private var ownNetwork: TemplateResource {
        let gatewayID = "resourceId('Microsoft.Network/natGateways', '\(name)')"
        var subnet: JSONObject = [
            "addressPrefix": "10.92.0.0/26", "defaultOutboundAccess": false,
            "networkSecurityGroup": ["id": .string("[\(firewallID)]")],
            "serviceEndpoints": [["service": "Microsoft.KeyVault"]],
        ]
        if hasGateway { subnet["natGateway"] = ["id": .string("[\(gatewayID)]")] }
        return TemplateResource(
            "Microsoft.Network/virtualNetworks",
            Self.version,
            name,
            "A network for this server alone.",
            after: [firewallID] + (hasGateway ? [gatewayID] : []),
            [
                "properties": [
                    "addressSpace": ["addressPrefixes": ["10.92.0.0/24"]],
                    "subnets": [["name": "server", "properties": .object(subnet)]],
                ]
            ]
        )
    }

    private var interface: TemplateResource {
        var configuration: JSONObject = ["subnet": ["id": subnetID], "privateIPAllocationMethod": "Dynamic"]
        var needed = [firewallID] + (ownsNetwork ? [networkID] : [])
        if options.hasPublicAddress {
            configuration["publicIPAddress"] = [
                "id": .string("[\(addressID)]"), "properties": ["deleteOption": "Detach"],
            ]
            needed.append(addressID)
        }
        return TemplateResource(
            "Microsoft.Network/networkInterfaces",
            Self.version,
            name,
            "The machine's interface. The firewall is here, too, so that it counts in a subnet that was there before.",
            after: needed,
            [
                "properties": [
                    "networkSecurityGroup": ["id": .string("[\(firewallID)]")],
                    "ipConfigurations": [["name": "server", "properties": .object(configuration)]],
                ]
            ]
        )
    }

    private var bastion: TemplateResource {
        let network = options.givenNetworkID.map(JSONValue.string) ?? .string("[\(networkID)]")
        return TemplateResource(
            "Microsoft.Network/bastionHosts",
            Self.version,
            name,
            "A shell in the browser, without an open port: the Developer SKU, which costs nothing.",
            after: ownsNetwork ? [networkID] : [],
            ["sku": ["name": "Developer"], "properties": ["virtualNetwork": ["id": network]]]
        )
    }
}
