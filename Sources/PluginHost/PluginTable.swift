// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import PluginManifest
internal import Synchronization

/// The plugins that there are now, and what operations have set for them, by id.
final class PluginTable: Sendable {
    typealias Settings = @Sendable (String) -> JSONValue

    private struct Content {
        var manifests: [String: PluginManifest]
        var settings: Settings
    }

    private let content: Mutex<Content>

    init(_ manifests: [PluginManifest], _ settings: @escaping Settings) {
        content = Mutex(Content(manifests: Self.byID(manifests), settings: settings))
    }

    subscript(id: String) -> PluginManifest? { content.withLock { $0.manifests[id] } }

    var manifests: [PluginManifest] { content.withLock { Array($0.manifests.values) } }

    var ids: [String] { content.withLock { Array($0.manifests.keys) } }

    func settings(of id: String) -> JSONValue { content.withLock { $0.settings }(id) }

    func replace(_ manifests: [PluginManifest], _ settings: @escaping Settings) {
        content.withLock { $0 = Content(manifests: Self.byID(manifests), settings: settings) }
    }

    private static func byID(_ manifests: [PluginManifest]) -> [String: PluginManifest] {
        Dictionary(manifests.map { ($0.id, $0) }) { first, _ in first }
    }
}
