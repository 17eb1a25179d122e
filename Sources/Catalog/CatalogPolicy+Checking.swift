// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors
internal import PluginManifest

extension CatalogPolicy {
    /// Refuses what means nothing: silence would leave something off or on that somebody believes to be otherwise.
    func check(against manifests: [PluginManifest]) throws(MegaraptorError) {
        let toolsetNames = manifests.flatMap { $0.toolsets.map(\.name) } + [Self.shippedToolsets, Self.allToolsets]
        try Self.check(toolsets?.rules ?? [], "toolset", toolsetNames, "toolsets list")
        guard !(allow + deny + disabledPlugins).isEmpty else { return }
        let toolNames = manifests.flatMap { $0.tools.flatMap { [$0.name] + $0.aliases } }
        try Self.check(deny + allow, "tool", toolNames, "tools list --all")
        try Self.check(disabledPlugins, "plugin", manifests.map(\.id), "plugins list")
    }

    private static func check(
        _ rules: [PolicyRule],
        _ kind: String,
        _ known: [String],
        _ command: String
    ) throws(MegaraptorError) {
        guard let stray = rules.first(where: { !known.contains(where: $0.matches) }) else { return }
        let fault =
            stray.text.contains("*") ? "no \(kind) matches \"\(stray.text)\"" : "there is no \(kind) \"\(stray.text)\""
        let guess = Spelling.nearest(to: stray.text, among: known).map { "Did you mean \($0)? " } ?? ""
        throw MegaraptorError(
            .invalidArgument,
            "\(stray.origin): \(fault).",
            hint: "\(guess)megaraptor-mcp \(command) shows what there is."
        )
    }
}
