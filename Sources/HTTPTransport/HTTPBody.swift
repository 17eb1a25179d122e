// SPDX-License-Identifier: Apache-2.0

public import MegaraptorErrors

/// The body of an answer in pieces as they come. To be read once, by one task.
///
/// At most about 256 KiB wait here; beyond that the server is held back. The transfer ends with the last holder.
public final class HTTPBody: Sendable, AsyncSequence {
    private let transfer: Transfer

    init(_ transfer: Transfer) {
        self.transfer = transfer
    }

    deinit {
        transfer.cancel()
    }

    public func makeAsyncIterator() -> Iterator { Iterator(body: self) }

    /// Gives the pieces in order.
    public struct Iterator: AsyncIteratorProtocol {
        let body: HTTPBody

        /// The next piece; `nil` at the end of the body.
        public mutating func next() async throws(MegaraptorError) -> [UInt8]? {
            try await body.transfer.next()
        }

        /// The next piece; `nil` at the end of the body.
        public mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(MegaraptorError) -> [UInt8]? {
            try await body.transfer.next()
        }
    }
}
