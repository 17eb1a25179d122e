// SPDX-License-Identifier: Apache-2.0

internal import PluginManifest

extension Catalog {
    private static let longestInstructions = 1499

    /// What a model is told at the start, from what is on and off now. Plugins' own words are cut first.
    static func instructions(for manifests: [PluginManifest], _ policy: CatalogPolicy, _ catalog: Catalog) -> String {
        let enabled = manifests.filter { !catalog.disabledPlugins.contains($0.id) }
        var notes: [String] = []
        let off = enabled.flatMap(\.toolsets).filter { !policy.isOn($0) }
        if !off.isEmpty {
            let names = off.map { toolset in
                "\(toolset.name) (\(toolset.description.prefix(while: { $0 != "." }).prefix(60)))"
            }
            notes.append(
                """
                Toolsets that are off: \(names.joined(separator: ", ")). Whoever runs this server turns one on with \
                `megaraptor-mcp toolsets enable NAME`.
                """
            )
        }
        let single = catalog.decisions.count { $0.steps.last?.rule == .deny }
        if single > 0 { notes.append("Switched off one by one: \(single) tools.") }
        if policy.readOnly { notes.append("The server is read-only: nothing that changes something is offered.") }
        let words = enabled.filter { !$0.tools.isEmpty }.map(\.description).joined(separator: "\n")
        let room = max(0, longestInstructions - notes.reduce(0) { $0 + $1.count + 1 })
        if !words.isEmpty { notes.insert(words.count > room ? words.prefix(max(0, room - 1)) + "…" : words, at: 0) }
        return String(notes.joined(separator: "\n").prefix(longestInstructions))
    }
}
