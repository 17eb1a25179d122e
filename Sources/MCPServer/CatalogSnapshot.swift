// SPDX-License-Identifier: Apache-2.0

import Catalog
import MCPProtocol
import PluginManifest
import Synchronization

/// One state of the catalogue, indexed for calls, with the answers to lists kept as bytes.
final class CatalogSnapshot: Sendable {
    let catalog: Catalog
    let configuration: ServerConfiguration
    private let tools: [String: PublishedTool]
    /// Former names of tools, each with the present one. Lists do not show them.
    private let aliases: [String: String]
    private let prompts: [String: Catalog.Entry<PromptContribution>]
    private let resources: [String: Catalog.Entry<ResourceContribution>]
    private let templates: [(template: URITemplate, entry: Catalog.Entry<ResourceTemplateContribution>)]
    private let pages = Mutex<[PageKey: [UInt8]]>([:])

    /// More pages than this are made anew each time: a client can make up a cursor for every item.
    private static let mostKeptPages = 64

    private struct PageKey: Hashable {
        var list: ListKind
        var version: String
        var cursor: PageCursor?
    }

    init(_ catalog: Catalog, configuration: ServerConfiguration) {
        self.catalog = catalog
        self.configuration = configuration
        tools = Self.index(
            catalog.tools.map {
                PublishedTool($0, policy: configuration.confirmation, byToken: configuration.confirmsByToken)
            },
            by: \.contribution.name
        )
        let former = catalog.tools.flatMap { tool in tool.contribution.aliases.map { ($0, tool.contribution.name) } }
        aliases = Dictionary(former) { first, _ in first }
        prompts = Self.index(catalog.prompts, by: \.contribution.name)
        resources = Self.index(catalog.resources, by: \.contribution.uri)
        templates = catalog.resourceTemplates.map { (URITemplate($0.contribution.uriTemplate), $0) }
    }

    /// Of two items with one name the first counts, as in the list.
    private static func index<Item>(_ items: [Item], by name: KeyPath<Item, String>) -> [String: Item] {
        Dictionary(items.map { ($0[keyPath: name], $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The tool with a name, or the one that had it before.
    func tool(named name: String) -> PublishedTool? { tools[name] ?? aliases[name].flatMap { tools[$0] } }

    func prompt(named name: String) -> Catalog.Entry<PromptContribution>? { prompts[name] }

    func template(named uriTemplate: String) -> Catalog.Entry<ResourceTemplateContribution>? {
        templates.first { $0.entry.contribution.uriTemplate == uriTemplate }?.entry
    }

    /// The plugin that answers for a resource, by its exact address or by a template.
    func pluginID(forResource uri: String) -> String? {
        if let entry = resources[uri] { return entry.pluginID }
        return templates.first { $0.template.matches(uri) }?.entry.pluginID
    }

    /// The result of a list request, made at the first demand for a version.
    func page(of list: ListKind, cursor: PageCursor?, version: ProtocolVersion) throws(RPCError) -> [UInt8] {
        let key = PageKey(list: list, version: version.name, cursor: cursor)
        if let page = pages.withLock({ $0[key] }) { return page }
        let page = try makePage(of: list, cursor: cursor, version: version)
        pages.withLock { pages in
            if pages.count < Self.mostKeptPages { pages[key] = page }
        }
        return page
    }

    private func makePage(
        of list: ListKind,
        cursor: PageCursor?,
        version: ProtocolVersion
    ) throws(RPCError) -> [UInt8] {
        let items = list.items(of: self, version: version)
        var start = 0
        if let cursor {
            guard cursor.list == list.member.description,
                let last = items.firstIndex(where: { $0.name == cursor.lastItem })
            else { throw .invalidParams("Unknown cursor; ask for the list again without one") }
            start = last + 1
        }
        let end = min(start + configuration.pageSize, items.count)
        var result = ResultWriter(version, server: configuration.implementation)
        var array: [UInt8] = [UInt8(ascii: "[")]
        for item in items[start..<end] {
            if array.count > 1 { array.append(UInt8(ascii: ",")) }
            array.append(contentsOf: item.json)
        }
        array.append(UInt8(ascii: "]"))
        result.object.raw(list.member, array)
        if end < items.count {
            let next = PageCursor(list: list.member.description, lastItem: items[end - 1].name)
            result.object.string("nextCursor", next.token)
        }
        result.addCacheHints()
        return result.finish()
    }

    /// The tools in their order, for listing.
    var publishedTools: [PublishedTool] { catalog.tools.compactMap { tools[$0.contribution.name] } }
}
