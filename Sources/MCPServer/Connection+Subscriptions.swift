// SPDX-License-Identifier: Apache-2.0

import MCPProtocol
import Synchronization

// MARK: - Stateless era

extension Connection {
    private static let mostSubscriptions = 1000

    private static let tooManySubscriptions = RPCError(.internalError, "Too many subscriptions are open")

    /// Opens a subscription: it is acknowledged at once and answered only when this server ends it.
    func listen(_ request: Request, _ params: RequestParams) throws(RPCError) {
        let subscription = try Subscription(params.requiredObject("notifications"), request: request)
        // The lock keeps any change from overtaking the acknowledgement.
        try state.withLock { state throws(RPCError) in
            guard state.subscriptions.count < Self.mostSubscriptions else { throw Self.tooManySubscriptions }
            let body = subscription.params { $0.value("notifications", subscription.filter) }
            notify("notifications/subscriptions/acknowledged", params: body, flush: false)
            state.subscriptions.append(subscription)
        }
        server.listeners.add(subscription.resources ?? [], in: request.snapshot)
    }

    /// Ends the newest subscription with the id at the client's wish: without a further word.
    func endSubscription(_ id: RequestID) {
        let ended = state.withLock { state in
            state.subscriptions.lastIndex { $0.id == id }.map { state.subscriptions.remove(at: $0) }
        }
        server.listeners.remove(ended?.resources ?? [])
    }

    /// Ends all subscriptions because the connection ends, and answers their requests.
    ///
    /// - Parameter byClient: whether the client ended the connection; otherwise each end is announced first.
    func endAllSubscriptions(byClient: Bool) {
        let (ended, subscribed) = state.withLock { state in
            defer { (state.subscriptions, state.subscribedResources) = ([], []) }
            return (state.subscriptions, state.subscribedResources)
        }
        server.listeners.remove(subscribed)
        for subscription in ended {
            server.listeners.remove(subscription.resources ?? [])
            if !byClient {
                var params = ObjectWriter()
                params.raw("requestId", subscription.id.json)
                params.string("reason", "The server is shutting down")
                notify("notifications/cancelled", params: params.finish(), flush: false)
            }
            let result = ResultWriter(
                subscription.version,
                server: server.configuration.implementation,
                metaMembers: subscription.metaMembers
            ).finish()
            subscription.reply.send(flush: true) {
                OutgoingMessage.appendResult(result, id: subscription.id, to: &$0)
            }
        }
    }
}

// MARK: - Handshake era

extension Connection {
    func subscribe(_ request: Request, _ params: RequestParams) throws(RPCError) {
        let uri = try params.requiredURI()
        guard request.snapshot.pluginID(forResource: uri) != nil else {
            throw .unknownResource(uri, in: request.version)
        }
        let isNew = try state.withLock { state throws(RPCError) in
            guard state.subscribedResources.count < Self.mostSubscriptions else { throw Self.tooManySubscriptions }
            return state.subscribedResources.insert(uri).inserted
        }
        acknowledge(request)
        if isNew { server.listeners.add([uri], in: request.snapshot) }
    }

    func unsubscribe(_ request: Request, _ params: RequestParams) throws(RPCError) {
        let uri = try params.requiredURI()
        let known = state.withLock { $0.subscribedResources.remove(uri) }
        acknowledge(request)
        if let known { server.listeners.remove([known]) }
    }
}

// MARK: - News

extension Connection {
    /// Tells the client which lists have changed, in the form of each era it uses.
    func announce(_ changes: ListChanges) {
        state.withLock { state in
            for (change, method) in changes.notifications {
                if state.session?.isInitialized == true { notify(method) }
                for subscription in state.subscriptions where subscription.changes.contains(change) {
                    notify(method, params: subscription.params())
                }
            }
        }
    }

    func announceUpdate(of uri: String) {
        state.withLock { state in
            if state.subscribedResources.contains(uri) {
                var params = ObjectWriter()
                params.string("uri", uri)
                notify("notifications/resources/updated", params: params.finish())
            }
            for subscription in state.subscriptions where subscription.resources?.contains(uri) == true {
                notify("notifications/resources/updated", params: subscription.params { $0.string("uri", uri) })
            }
        }
    }
}
