// SPDX-License-Identifier: Apache-2.0

import CloudTestbed
import DeployerKit
import Foundation
import JSONValue
import MegaraptorErrors
import Testing

@testable import AzureDeployerPlugin

@Suite("The Resource Manager template")
struct ShapeTests {
    /// Types that have no tags of their own.
    private static let untagged: Set = [
        "Microsoft.Authorization/roleAssignments", "Microsoft.Insights/dataCollectionRuleAssociations",
    ]

    @Test("uses each parameter and variable that it declares, and no other", arguments: TemplateCase.all)
    func references(_ row: TemplateCase) throws {
        let body = try row.template().body
        // What a deployment inside declares is its own.
        let outer = Self.withoutInner(body).texts.filter { $0.hasPrefix("[") }
        for kind in ["parameters", "variables"] {
            let declared = Set(body[kind]?.objectValue?.keys ?? [])
            #expect(Set(outer.flatMap { Self.names(kind, in: $0) }) == declared)
        }
        for inner in try row.template().resources.map(\.json).compactMap({ $0["properties"]?["template"] }) {
            let declared = Set(inner["parameters"]?.objectValue?.keys ?? [])
            #expect(Set(inner.texts.flatMap { Self.names("parameters", in: $0) }) == declared)
        }
    }

    private static func names(_ kind: String, in text: String) -> [String] {
        text.split(separator: "\(kind)('").dropFirst().compactMap { $0.split(separator: "'").first.map(String.init) }
            + (text.hasPrefix("\(kind)('") ? [String(text.dropFirst(kind.count + 2).prefix { $0 != "'" })] : [])
    }

    private static func withoutInner(_ json: JSONValue) -> JSONValue {
        switch json {
        case .array(let elements): .array(elements.map(withoutInner))
        case .object(let object):
            .object(JSONObject(object.filter { $0.key != "template" }.map { ($0.key, withoutInner($0.value)) }))
        default: json
        }
    }

    @Test("has no expression whose brackets, parentheses or quotes do not close", arguments: TemplateCase.all)
    func expressions(_ row: TemplateCase) throws {
        for text in try row.template().body.texts where text.hasPrefix("[") {
            #expect(text.hasSuffix("]"), "\(text)")
            var depth = 0
            var isQuoted = false
            for character in text {
                if character == "'" { isQuoted.toggle() }
                if !isQuoted { depth += character == "(" ? 1 : character == ")" ? -1 : 0 }
                #expect(depth >= 0, "\(text)")
            }
            #expect(depth == 0 && !isQuoted, "\(text)")
        }
    }

    @Test("waits only for what is in it, and makes what it waits for", arguments: TemplateCase.all)
    func dependencies(_ row: TemplateCase) throws {
        let resources = try row.template().resources
        let known = Set(resources.map { "[\($0.id)]" })
        #expect(known.count == resources.count)
        for resource in resources {
            for needed in resource.json["dependsOn"]?.arrayValue ?? [] {
                #expect(known.contains(needed.stringValue ?? ""), "\(resource.name) waits for \(needed)")
            }
        }
    }

    @Test("tags whatever takes tags", arguments: TemplateCase.all)
    func tags(_ row: TemplateCase) throws {
        for resource in try row.template().resources {
            let isTagged = resource.json["tags"] == "[parameters('tags')]"
            #expect(isTagged != Self.untagged.contains(resource.type), "\(resource.type)")
        }
        #expect(try row.template().tags["org.megaraptor.deployment"] == "vr-0123456789ab")
    }

    @Test("opens what was asked for to whom it was asked for, and nothing else")
    func firewall() throws {
        func rules(_ options: JSONObject) throws -> [JSONValue] {
            let row = TemplateCase(name: "", profile: "standard", architecture: "amd64", options: options)
            let groups = try row.template().resources.filter { $0.type == "Microsoft.Network/networkSecurityGroups" }
            #expect(groups.count == 1)
            return groups.first?.json["properties"]?["securityRules"]?.arrayValue?.compactMap { $0["properties"] } ?? []
        }
        #expect(try rules([:]).map { $0["access"] } == ["Deny"])
        let allowed = try rules(["agent_ranges": ["::/0", "198.51.100.0/24"], "gui_ranges": ["203.0.113.7/32"]])
        #expect(allowed.map { $0["destinationPortRange"] } == ["8000", "8000", "8889", "*"])
        #expect(allowed[0]["sourceAddressPrefixes"] == ["198.51.100.0/24"])
        #expect(allowed[1]["sourceAddressPrefixes"] == ["::/0"])
        #expect(allowed[2]["sourceAddressPrefixes"] == ["203.0.113.7/32"])
    }

    @Test("lets nothing of a secure parameter out", arguments: TemplateCase.all)
    func outputs(_ row: TemplateCase) throws {
        let body = try row.template().body
        #expect(body["parameters"]?["serverConfiguration"]?["type"] == "securestring")
        #expect(body["parameters"]?["serverConfiguration"]?["defaultValue"] == nil)
        #expect(body["outputs"]?.texts.contains { $0.contains("serverConfiguration") } == false)
        // It goes into the secret, and nowhere else.
        #expect(body.texts.filter { $0.contains("serverConfiguration") } == ["[parameters('serverConfiguration')]"])
    }

    @Test("keeps disk and vaults, and detaches the disk of a machine that goes")
    func retained() throws {
        let template = try #require(TemplateCase.all.first).template()
        let kept = Set(template.resources.filter(\.isRetained).map(\.type))
        #expect(kept.contains("Microsoft.Compute/disks"))
        #expect(kept.contains("Microsoft.KeyVault/vaults"))
        #expect(kept.contains("Microsoft.RecoveryServices/vaults"))
        #expect(template.body.json().contains(#""deleteOption":"Detach","managedDisk""#))
    }

    @Test("refuses what would fail there, and says why")
    func refusals() {
        func code(_ options: JSONObject, _ architecture: String = "amd64") -> MegaraptorError.Code? {
            let row = TemplateCase(name: "", profile: "standard", architecture: architecture, options: options)
            do { _ = try row.template() } catch { return (error as? MegaraptorError)?.code }
            return nil
        }
        #expect(code(["instance_type": "Standard_D4ps_v5"]) == .invalidArgument)
        #expect(code(["instance_type": "Standard_D4s_v5"], "arm64") == .invalidArgument)
        #expect(code(["backup_days": 3]) == .invalidArgument)
        #expect(code(["agent_ranges": ["everybody"]]) == .invalidArgument)
        #expect(
            code(["network_id": "/subscriptions/x", "subnet_id": "/subscriptions/y/subnets/z"]) == .invalidArgument
        )
        #expect(
            code(["dns_zone": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/dnsZones/ample.org"])
                == .invalidArgument
        )
        #expect(code(["instance_type": "Standard_E16bds_v5"]) == nil)
    }
}
