// SPDX-License-Identifier: Apache-2.0

public import GRPCTransport
internal import VelociraptorAPI

/// What a running query sends.
public enum QueryEvent: Sendable, Hashable {
    case log(LogLine)
    case rows(RowChunk)
}

/// Some rows of one statement, as the server wrote them.
public struct RowChunk: Sendable, Hashable {
    /// The statement's number among those that give rows, from 0.
    public var statement: Int
    /// May differ from chunk to chunk: rows need not be alike. Empty where there is no row.
    public var columns: [String]
    /// A JSON array of objects; not checked yet.
    public var json: String
    /// The server's clock, in microseconds since 1970.
    public var serverTime: UInt64
}

/// The answer of one query, message by message. For one reader; letting go of it cancels the query.
public struct QueryEvents: AsyncSequence, Sendable {
    public typealias Element = QueryEvent
    public typealias Failure = GRPCStatus

    let messages: GRPCMessages

    public func makeAsyncIterator() -> Iterator {
        Iterator(messages: messages.makeAsyncIterator())
    }

    public struct Iterator: AsyncIteratorProtocol {
        var messages: GRPCMessages.Iterator

        public mutating func next(
            isolation actor: isolated (any Actor)? = #isolation
        ) async throws(GRPCStatus) -> QueryEvent? {
            guard let bytes = try await messages.next(isolation: actor) else { return nil }
            let response: Proto_VQLResponse
            do {
                response = try APIMessage.read(bytes)
            } catch {
                throw GRPCStatus(.internal, "The server sent a message that is no VQLResponse: \(error).")
            }
            guard response.response.isEmpty else {
                return .rows(
                    RowChunk(
                        statement: Int(response.queryID),
                        columns: response.columns,
                        json: response.response,
                        serverTime: response.timestamp
                    )
                )
            }
            return .log(LogLine(response.log))
        }
    }
}
