// SPDX-License-Identifier: Apache-2.0

import Catalog
import JSONValue
import MCPProtocol
import PluginManifest

/// The four lists of the protocol.
enum ListKind: Hashable, Sendable {
    case tools, resources, resourceTemplates, prompts

    /// An item as a version knows it, and the name that cursors remember it by.
    struct Item {
        var name: String
        var json: [UInt8]
    }

    /// The member of the result that holds the items.
    var member: StaticString {
        switch self {
        case .tools: "tools"
        case .resources: "resources"
        case .resourceTemplates: "resourceTemplates"
        case .prompts: "prompts"
        }
    }

    func items(of snapshot: CatalogSnapshot, version: ProtocolVersion) -> [Item] {
        switch self {
        case .tools:
            snapshot.publishedTools.map { Item(name: $0.contribution.name, json: $0.json(for: version)) }
        case .resources:
            snapshot.catalog.resources.map {
                Item(name: $0.contribution.uri, json: $0.contribution.json(for: version))
            }
        case .resourceTemplates:
            snapshot.catalog.resourceTemplates.map {
                Item(name: $0.contribution.uriTemplate, json: $0.contribution.json(for: version))
            }
        case .prompts:
            snapshot.catalog.prompts.map {
                Item(name: $0.contribution.name, json: $0.contribution.json(for: version))
            }
        }
    }
}
