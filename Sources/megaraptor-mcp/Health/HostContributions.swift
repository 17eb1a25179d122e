// SPDX-License-Identifier: Apache-2.0

import Catalog
import JSONValue
import MegaraptorErrors
import PluginManifest

/// What the host itself offers beside its plugins.
enum HostContributions {
    /// Stands where a plugin's id stands.
    static let id = "org.megaraptor.host"

    private static let health = ResourceContribution(
        uri: "megaraptor://health",
        name: "health",
        title: "Health",
        description: "How this server and its plugins are: what was checked, what is broken and what to do about it.",
        mimeType: "application/json"
    )

    /// - Throws: `conflict` for a plugin that offers what is the host's own.
    static func catalog(
        of discovery: PluginSearch.Discovery,
        _ policy: CatalogPolicy
    ) throws(MegaraptorError) -> Catalog {
        let manifests = ProviderNames.filled(in: discovery.manifests) { policy.ruleDisabling($0) == nil }
        var catalog = try Catalog(manifests: manifests, policy: policy, refused: discovery.refused)
        if let rival = catalog.resources.first(where: { $0.contribution.uri == health.uri }) {
            throw MegaraptorError(
                .conflict,
                "The plugin \(rival.pluginID) offers \(health.uri), which is the host's own.",
                hint: "Remove the plugin, or give its resource another address."
            )
        }
        catalog.resources.append(Catalog.Entry(health, pluginID: id))
        return catalog
    }

    /// Answers a call of the host's own contributions.
    static func answer(
        _ method: String,
        _ params: JSONValue,
        _ inspection: HealthInspection
    ) async throws(MegaraptorError) -> [UInt8] {
        guard method == "resources/read", params["uri"]?.stringValue == health.uri else {
            throw MegaraptorError(.unsupported, "The host has no method \"\(method)\".")
        }
        let text = await inspection.report().json.json()
        let contents: JSONValue = [
            "uri": .string(health.uri), "mimeType": "application/json", "text": .string(text),
        ]
        return JSONValue.object(["contents": [contents]]).jsonBytes()
    }
}
