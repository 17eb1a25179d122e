// SPDX-License-Identifier: Apache-2.0

import Catalog

/// Which lists differ between two states of what is offered.
struct ListChanges: OptionSet, Sendable, Hashable {
    let rawValue: UInt8

    static let tools = ListChanges(rawValue: 1)
    static let resources = ListChanges(rawValue: 2)
    static let prompts = ListChanges(rawValue: 4)

    init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// What is listed of a tool comes from the plugin and from whether it is to be confirmed.
    init(from old: CatalogSnapshot, to new: CatalogSnapshot) {
        self.init(from: old.catalog, to: new.catalog)
        let confirmed = [old, new].map { $0.publishedTools.map(\.confirmationProperty) }
        if confirmed[0] != confirmed[1] { insert(.tools) }
    }

    private init(from old: Catalog, to new: Catalog) {
        self = []
        if old.tools.map(\.contribution) != new.tools.map(\.contribution) { insert(.tools) }
        let sameResources = old.resources.map(\.contribution) == new.resources.map(\.contribution)
        let sameTemplates = old.resourceTemplates.map(\.contribution) == new.resourceTemplates.map(\.contribution)
        if !sameResources || !sameTemplates { insert(.resources) }
        if old.prompts.map(\.contribution) != new.prompts.map(\.contribution) { insert(.prompts) }
    }

    /// The notifications for the lists in the set, in a fixed order.
    var notifications: [(change: ListChanges, method: StaticString)] {
        let all: [(ListChanges, StaticString)] = [
            (.tools, "notifications/tools/list_changed"),
            (.resources, "notifications/resources/list_changed"),
            (.prompts, "notifications/prompts/list_changed"),
        ]
        return all.filter { contains($0.0) }.map { (change: $0.0, method: $0.1) }
    }
}
