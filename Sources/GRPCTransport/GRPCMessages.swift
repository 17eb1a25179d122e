// SPDX-License-Identifier: Apache-2.0

/// The messages of a server-streaming call, in order.
///
/// Ends when the server ended the call with success, throws the status otherwise. For one reader. The call is
/// cancelled when the reader's task is, and when sequence and iterator are let go before the end.
public struct GRPCMessages: AsyncSequence, Sendable {
    public typealias Element = [UInt8]
    public typealias Failure = GRPCStatus

    private let source: Source

    init(_ call: ClientCall) {
        source = .call(CallOwner(call))
    }

    init(failed status: GRPCStatus) {
        source = .failed(status)
    }

    public func makeAsyncIterator() -> Iterator {
        Iterator(source: source)
    }

    enum Source: Sendable {
        case call(CallOwner)
        case failed(GRPCStatus)
    }

    public struct Iterator: AsyncIteratorProtocol {
        private let source: Source
        private var chunk: [[UInt8]] = []
        private var position = 0

        init(source: Source) {
            self.source = source
        }

        public mutating func next(
            isolation actor: isolated (any Actor)? = #isolation
        ) async throws(GRPCStatus) -> [UInt8]? {
            if position < chunk.count {
                defer { position += 1 }
                return chunk[position]
            }
            switch source {
            case .failed(let status):
                throw status
            case .call(let owner):
                switch await owner.call.next() {
                case .messages(let messages):
                    chunk = messages
                    position = 1
                    return messages[0]
                case .end(let status):
                    chunk = []
                    position = 0
                    guard status.isOK else { throw status }
                    return nil
                }
            }
        }
    }
}

/// Cancels a call that nobody can read any more. The batches in flight hold the call itself, so the reader's side
/// needs an owner of its own.
final class CallOwner: Sendable {
    let call: ClientCall

    init(_ call: ClientCall) {
        self.call = call
    }

    deinit {
        call.cancel()
    }
}
