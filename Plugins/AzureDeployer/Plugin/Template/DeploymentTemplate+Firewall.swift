// SPDX-License-Identifier: Apache-2.0

import CloudServer
import JSONValue

extension DeploymentTemplate {
    /// No range that was not asked for is in it, and the network's own machines are outside, too.
    var firewall: TemplateResource {
        var rules: [JSONValue] = []
        func add(_ name: String, _ about: String, port: Int, from ranges: [String]) {
            rules.append(
                rule(
                    name,
                    about,
                    priority: 100 + 10 * rules.count,
                    access: "Allow",
                    port: String(port),
                    ["sourceAddressPrefixes": .array(ranges.map(JSONValue.string))]
                )
            )
        }
        for port in shape.openPorts {
            // A rule is for one family of addresses.
            let families = Dictionary(grouping: port.ranges, by: \.isIPv6).sorted { !$0.key && $1.key }
            for (isIPv6, ranges) in families {
                add(
                    "\(port.purpose.rawValue)-\(isIPv6 ? "ipv6" : "ipv4")",
                    "\(port.purpose.title), as asked for",
                    port: port.port,
                    from: ranges.map(\.text)
                )
            }
        }
        if options.bastion == true {
            add(
                "bastion",
                "Azure Bastion (Developer), which comes from the platform's own address",
                port: 22,
                from: ["168.63.129.16/32"]
            )
        }
        rules.append(
            rule(
                "nobody-else",
                "Whatever was not asked for",
                priority: 4096,
                access: "Deny",
                port: "*",
                ["sourceAddressPrefix": "*"]
            )
        )
        let open = shape.openPorts.map { "\($0.purpose.title) (\($0.port))" }.joined(separator: ", ")
        return TemplateResource(
            "Microsoft.Network/networkSecurityGroups",
            "2024-05-01",
            name,
            "Lets in \(open.isEmpty ? "nothing" : open).",
            ["properties": ["securityRules": .array(rules)]]
        )
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
