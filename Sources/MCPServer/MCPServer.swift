// SPDX-License-Identifier: Apache-2.0

import Catalog
import MCPProtocol
public import MCPTransport
import Synchronization

/// A Model Context Protocol server whose tools, resources and prompts come from plugins.
///
/// It speaks every published version of the protocol, with and without handshake, on one connection.
public final class MCPServer: Sendable {
    let configuration: ServerConfiguration
    let plugins: any PluginCaller
    let confirmations: ConfirmationSeal
    let listeners: ResourceListeners
    private let source: any CatalogSource
    private let state: Mutex<State>

    private struct State {
        var snapshot: CatalogSnapshot
        var connections: [ObjectIdentifier: Connection] = [:]
    }

    public init(configuration: ServerConfiguration, catalog: any CatalogSource, plugins: any PluginCaller) {
        self.configuration = configuration
        self.plugins = plugins
        confirmations = ConfirmationSeal(lifetime: configuration.confirmationLifetime)
        listeners = ResourceListeners(plugins: plugins, log: configuration.log)
        source = catalog
        state = Mutex(State(snapshot: CatalogSnapshot(catalog.currentCatalog(), configuration: configuration)))
    }

    var snapshot: CatalogSnapshot { state.withLock { $0.snapshot } }

    /// Opens a connection whose messages the caller carries, for tests and for hosts that embed the server.
    public func connect(to sink: any MessageSink) -> Connection {
        let connection = Connection(server: self, sink: sink)
        state.withLock { $0.connections[ObjectIdentifier(connection)] = connection }
        return connection
    }

    func forget(_ connection: Connection) {
        state.withLock { $0.connections[ObjectIdentifier(connection)] = nil }
    }
}

// MARK: - Changes

extension MCPServer {
    /// Reads the catalogue again and tells clients which lists have changed. Calls under way keep the state in which
    /// they began. Callable on any thread.
    ///
    /// - Parameters:
    ///   - confirmation: which tools ask a person from here on; `nil` leaves that as it is.
    ///   - confirmsByToken: whether a token may stand for the person; `nil` leaves that as it is.
    public func catalogDidChange(confirmation: ConfirmationPolicy? = nil, confirmsByToken: Bool? = nil) {
        var configuration = snapshot.configuration
        configuration.confirmation = confirmation ?? configuration.confirmation
        configuration.confirmsByToken = confirmsByToken ?? configuration.confirmsByToken
        let new = CatalogSnapshot(source.currentCatalog(), configuration: configuration)
        let (old, connections) = state.withLock { state in
            let old = state.snapshot
            state.snapshot = new
            return (old, Array(state.connections.values))
        }
        let changes = ListChanges(from: old, to: new)
        guard !changes.isEmpty else { return }
        for connection in connections { connection.announce(changes) }
    }

    /// Tells those who subscribed to a resource that its content is another now. Callable on any thread.
    public func resourceDidChange(uri: String) {
        for connection in state.withLock({ Array($0.connections.values) }) {
            connection.announceUpdate(of: uri)
        }
    }
}
