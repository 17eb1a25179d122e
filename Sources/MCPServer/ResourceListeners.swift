// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorErrors
import Synchronization

/// Counts who listens to which resource, and tells its plugin when the first one comes and when the last one has gone.
final class ResourceListeners: Sendable {
    private struct Watch {
        let plugin: String
        var count = 0
        /// What the plugin was last told.
        var isTold = false
        /// A message is under way: the next one waits for it, so that a plugin gets them in their order.
        var isTelling = false
    }

    private let watches = Mutex<[String: Watch]>([:])
    private let plugins: any PluginCaller
    private let log: @Sendable (String) -> Void

    init(plugins: any PluginCaller, log: @escaping @Sendable (String) -> Void) {
        self.plugins = plugins
        self.log = log
    }

    func add(_ uris: Set<String>, in snapshot: CatalogSnapshot) {
        for uri in uris {
            guard let plugin = snapshot.pluginID(forResource: uri) else { continue }
            watches.withLock { $0[uri, default: Watch(plugin: plugin)].count += 1 }
            tellNews(of: uri)
        }
    }

    func remove(_ uris: Set<String>) {
        for uri in uris {
            watches.withLock { $0[uri]?.count -= 1 }
            tellNews(of: uri)
        }
    }

    /// Starts to tell the plugin what has changed, unless that is under way.
    private func tellNews(of uri: String) {
        let isNews = watches.withLock { watches in
            guard var watch = watches[uri], !watch.isTelling, watch.isTold != (watch.count > 0) else { return false }
            watch.isTelling = true
            watch.isTold.toggle()
            watches[uri] = watch
            return true
        }
        if isNews { Task { await tell(uri) } }
    }

    private func tell(_ uri: String) async {
        guard let watch = watches.withLock({ $0[uri] }) else { return }
        let method = watch.isTold ? "resources/subscribe" : "resources/unsubscribe"
        do throws(MegaraptorError) {
            _ = try await plugins.call(
                plugin: watch.plugin,
                method: method,
                params: ["uri": .string(uri)],
                context: PluginCallContext()
            )
        } catch {
            // Most plugins announce no changes.
            if error.code != .unsupported { log("\(method) \(uri): \(error)") }
        }
        watches.withLock { watches in
            watches[uri]?.isTelling = false
            if let watch = watches[uri], watch.count == 0, !watch.isTold { watches[uri] = nil }
        }
        tellNews(of: uri)
    }
}
