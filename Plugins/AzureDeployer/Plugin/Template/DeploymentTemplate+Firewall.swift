// SPDX-License-Identifier: Apache-2.0

import CloudServer
import JSONValue

extension DeploymentTemplate {
    /// No range that was not asked for is in it, and the network's own machines are outside, too.
    var firewall: TemplateResource {
        let nobody = rule(
            "nobody-else",
            "Whatever was not asked for",
            priority: 4096,
            access: "Deny",
            port: "*",
            ["sourceAddressPrefix": "*"]
        )
        let rules = allowed.enumerated().map { place, way in
            rule(
                way.name,
                way.about,
                priority: 100 + 10 * place,
                access: "Allow",
                port: String(way.port),
                ["sourceAddressPrefixes": .array(way.ranges.map(JSONValue.string))]
            )
        }
        let open = shape.openPorts.map { "\($0.purpose.title) (\($0.port))" }.joined(separator: ", ")
        return TemplateResource(
            "Microsoft.Network/networkSecurityGroups",
            "2024-05-01",
            name,
            "Lets in \(open.isEmpty ? "nothing" : open).",
            ["properties": ["securityRules": .array(rules + [nobody])]]
        )
    }

    private typealias Way = (name: String, about: String, port: Int, ranges: [String])

    private var allowed: [Way] {
        var ways: [Way] = []
        for port in shape.openPorts {
            // A rule is for one family of addresses.
            let families = Dictionary(grouping: port.ranges, by: \.isIPv6).sorted { !$0.key && $1.key }
            for (isIPv6, ranges) in families {
                let name = "\(port.purpose.rawValue)-\(isIPv6 ? "ipv6" : "ipv4")"
                ways.append((name, "\(port.purpose.title), as asked for", port.port, ranges.map(\.text)))
            }
        }
        if options.bastion == true {
            // Its Developer SKU comes from the platform's own address.
            ways.append(("bastion", "Azure Bastion (Developer)", 22, ["168.63.129.16/32"]))
        }
        return ways
    }

    private func rule(
        _ name: String,
        _ about: String,
        priority: Int,
        access: String,
        port: String,
        _ source: JSONObject
    ) -> JSONValue {
        var properties: JSONObject = [
            "description": .string(about), "priority": JSONValue(priority), "direction": "Inbound",
            "access": .string(access), "protocol": access == "Deny" ? "*" : "Tcp", "sourcePortRange": "*",
            "destinationAddressPrefix": "*", "destinationPortRange": .string(port),
        ]
        for (key, value) in source { properties[key] = value }
        return ["name": .string(name), "properties": .object(properties)]
    }
}
