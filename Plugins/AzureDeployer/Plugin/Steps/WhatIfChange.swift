// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import JSONValue

/// One change that Azure foresees.
struct WhatIfChange: Sendable {
    let change: DeploymentPlan.Change

    /// `nil` for what stays as it is.
    init?(_ json: JSONValue) {
        guard let id = json["resourceId"]?.stringValue else { return nil }
        let (type, name) = AzureResourceID.parts(id)
        let paths = (json["delta"]?.arrayValue ?? []).compactMap { $0["path"]?.stringValue }.prefix(8)
        switch json["changeType"]?.stringValue {
        case "Create": change = .init(.create, type, name)
        case "Delete": change = .init(.delete, type, name)
        case "Modify":
            let note = paths.isEmpty ? nil : "changes \(paths.joined(separator: ", "))"
            change = .init(.change, type, name, note: note)
        case "Deploy": change = .init(.change, type, name, note: "deployed anew; Azure cannot foresee what changes")
        case "Unsupported": change = .init(.change, type, name, note: "Azure cannot foresee what becomes of it")
        default: return nil
        }
    }
}

/// Ids of resources, taken apart.
enum AzureResourceID {
    /// The type and the names: `Microsoft.KeyVault/vaults/secrets` and `vault/secret`. Of an extension the last provider
    /// counts.
    static func parts(_ id: String) -> (type: String, name: String) {
        let segments = id.split(separator: "/").map(String.init)
        guard let provider = segments.lastIndex(where: { $0.lowercased() == "providers" }),
            provider + 3 < segments.count
        else { return ("", segments.last ?? id) }
        let rest = segments[(provider + 2)...]
        let kinds = rest.enumerated().filter { $0.offset.isMultiple(of: 2) }.map(\.element)
        let names = rest.enumerated().filter { !$0.offset.isMultiple(of: 2) }.map(\.element)
        return (([segments[provider + 1]] + kinds).joined(separator: "/"), names.joined(separator: "/"))
    }

    /// The id of the resource group that something is in.
    static func group(of id: String) -> String {
        "/" + id.split(separator: "/").prefix(4).joined(separator: "/")
    }
}
