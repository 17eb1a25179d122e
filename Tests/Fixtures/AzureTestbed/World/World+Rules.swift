// SPDX-License-Identifier: Apache-2.0

import Glibc
import JSONValue

/// What Azure refuses of single types.
extension World {
    /// The name of a vault that was deleted is taken until it is purged.
    func checkName(_ resource: TemplateResource) throws(ARMFailure) {
        guard resource.type.lowercased() == "microsoft.keyvault/vaults",
            deletedVaults[resource.name.lowercased()] != nil
        else { return }
        throw ARMFailure(
            409,
            "ConflictError",
            "A vault with the same name already exists in deleted state. You need to either recover or purge existing key"
                + " vault."
        )
    }

    /// No range of a rule may hold another of the same rule.
    func checkRules(_ content: JSONObject, _ resource: TemplateResource) throws(ARMFailure) {
        guard resource.type.lowercased() == "microsoft.network/networksecuritygroups" else { return }
        for rule in content["properties"]?["securityRules"]?.arrayValue ?? [] {
            let ranges = (rule["properties"]?["sourceAddressPrefixes"]?.arrayValue ?? []).compactMap(\.stringValue)
            let bits = ranges.compactMap(Self.bits)
            for (place, one) in bits.enumerated() {
                for other in bits[(place + 1)...] where one.hasPrefix(other) || other.hasPrefix(one) {
                    throw ARMFailure(
                        400,
                        "OverlappingSubnetsNotPermittedInSecurityRule",
                        "Rule \(rule["name"]?.stringValue ?? "") has overlapping address prefixes in"
                            + " \(ranges.joined(separator: ", "))."
                    )
                }
            }
        }
    }

    /// The leading bits of a range, as digits; `nil` for a service tag.
    private static func bits(_ range: String) -> String? {
        let parts = range.split(separator: "/")
        let isLong = range.contains(":")
        var bytes = [UInt8](repeating: 0, count: isLong ? 16 : 4)
        guard parts.count == 2, let length = Int(parts[1]),
            inet_pton(isLong ? AF_INET6 : AF_INET, String(parts[0]), &bytes) == 1
        else { return nil }
        let digits = bytes.map { byte in
            let text = String(byte, radix: 2)
            return String(repeating: "0", count: 8 - text.count) + text
        }
        return (isLong ? "6" : "4") + digits.joined().prefix(length)
    }

    /// What Azure's own services put onto a machine, without anybody's tags.
    mutating func addExtension(_ name: String, to machine: String) {
        let text = "\(machine)/extensions/\(name)"
        guard let owner = resources[machine.lowercased()], resources[text.lowercased()] == nil,
            let id = ResourceID(text)
        else { return }
        var resource = Resource(id: id, apiVersion: "2024-07-01")
        resource.content = [
            "location": owner.content["location"] ?? "",
            "properties": ["type": .string(name), "provisioningState": "Succeeded"],
        ]
        resources[text.lowercased()] = resource
    }
}
