// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MCPProtocol
import MCPTransport
import Synchronization

/// One client. Lines go in through ``receive(_:)`` on one thread; answers leave through the sink from any thread.
public final class Connection: Sendable {
    /// What a handshake has agreed on.
    struct Session {
        var version: ProtocolVersion
        var capabilities: ClientCapabilities
        var client: String
        /// Whether `notifications/initialized` has come: only then the server may ask something itself.
        var isInitialized = false
    }

    struct State {
        var session: Session?
        var subscribedResources: Set<String> = []
        var subscriptions: [Subscription] = []
    }

    let server: MCPServer
    let sink: any MessageSink
    let state = Mutex(State())
    let calls: CallTable
    let serverRequests: ServerRequests

    init(server: MCPServer, sink: any MessageSink) {
        self.server = server
        self.sink = sink
        calls = CallTable(limit: server.configuration.concurrentCalls)
        serverRequests = ServerRequests(sink: sink)
    }

    var session: Session? { state.withLock { $0.session } }

    /// Takes one line. What is cheap is answered before this returns, but not flushed: call ``flush()`` when no further
    /// line is at hand. Must not be called by two threads at once.
    public func receive(_ line: UnsafeRawBufferPointer) {
        // Blank lines are padding.
        guard line.contains(where: { $0 > 0x20 }) else { return }
        switch IncomingMessage(line) {
        case .batch(let members): receiveBatch(members)
        case let message: receive(message, reply: .direct(sink))
        }
    }

    /// A line was longer than the limit and has been skipped.
    func receiveOverlongLine() {
        let limit = server.configuration.lineLimit
        answer(nil, RPCError(.invalidRequest, "A message may not be longer than \(limit) bytes"), .direct(sink))
    }

    public func flush() {
        sink.flush()
    }

    private func receive(_ message: IncomingMessage, reply: ReplyChannel) {
        switch message {
        case .request(let id, let method, let params):
            do throws(RPCError) {
                try dispatch(id: id, method: method, params: RequestParams(params), reply: reply)
            } catch {
                answer(id, error, reply)
            }
        case .notification(let method, let params): receiveNotification(method, params)
        case .response(let id, let outcome): serverRequests.resolve(id, outcome)
        case .invalid(let id, let error): answer(id, error, reply)
        case .batch: answer(nil, RPCError(.invalidRequest, "A batch cannot hold a batch"), reply)
        case .ignored: break
        }
    }

    private func receiveBatch(_ members: [UnsafeRawBufferPointer]) {
        guard let session, session.version.has(.batches) else {
            return answer(
                nil,
                RPCError(.invalidRequest, "Batches are not part of this protocol version"),
                .direct(sink)
            )
        }
        guard !members.isEmpty else {
            return answer(nil, RPCError(.invalidRequest, "A batch must not be empty"), .direct(sink))
        }
        let messages = members.map { IncomingMessage($0) }
        let answered = messages.count { message in
            switch message {
            case .request, .invalid, .batch: true
            case .notification, .response, .ignored: false
            }
        }
        let batch = BatchAnswer(requests: answered, sink: sink)
        for message in messages { receive(message, reply: .batch(batch)) }
    }
}

// MARK: - Answers from the reading thread

extension Connection {
    func answer(_ id: RequestID?, _ error: RPCError, _ reply: ReplyChannel) {
        reply.send(flush: false) { OutgoingMessage.appendError(error, id: id, to: &$0) }
    }

    func answer(_ request: Request, _ body: [UInt8]) {
        request.reply.send(flush: false) { OutgoingMessage.appendResult(body, id: request.id, to: &$0) }
    }

    /// A result without content.
    func acknowledge(_ request: Request) {
        answer(request, ResultWriter(request.version, server: server.configuration.implementation).finish())
    }

    func notify(_ method: StaticString, params: [UInt8]? = nil, flush: Bool = true) {
        sink.write(flush: flush) { OutgoingMessage.appendNotification(method, params: params, to: &$0) }
    }
}
