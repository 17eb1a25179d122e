// SPDX-License-Identifier: Apache-2.0

import MCPProtocol
import MCPTransport

/// What holds for one request: who asks, in which version, and where the answer goes.
struct Request: Sendable {
    var id: RequestID
    var version: ProtocolVersion
    var capabilities: ClientCapabilities
    /// The client's name and version; empty where it did not say.
    var client: String
    var progressToken: RequestID?
    var reply: ReplyChannel
    /// The catalogue when the request arrived; a change does not touch a request under way.
    var snapshot: CatalogSnapshot
}

/// Where the answer to a request goes: out at once, or into the array that answers a batch.
enum ReplyChannel: Sendable {
    case direct(any MessageSink)
    case batch(BatchAnswer)

    /// - Parameter flush: `false` on the reading thread, which flushes when nothing more is buffered.
    func send(flush: Bool, _ build: (inout [UInt8]) -> Void) {
        switch self {
        case .direct(let sink): sink.write(flush: flush, build)
        case .batch(let answer):
            var message: [UInt8] = []
            build(&message)
            answer.add(message, flush: flush)
        }
    }

    /// The request will never be answered.
    func abandon() {
        if case .batch(let answer) = self { answer.add(nil, flush: true) }
    }
}
