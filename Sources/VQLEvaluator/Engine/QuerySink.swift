// SPDX-License-Identifier: Apache-2.0

/// Which SELECT a row belongs to.
public struct StatementPosition: Sendable, Hashable {
    /// The place of its text among the request's ``QueryRequest/queries``.
    public var query: Int
    /// Which SELECT of that text, from 0.
    public var select: Int

    public init(query: Int, select: Int) {
        self.query = query
        self.select = select
    }
}

/// Takes what a query produces.
///
/// All calls come from the thread that runs the query, one at a time and in order. Blocking in one of them holds the
/// query back; that is how a slow reader slows it. Throwing from one ends the query: nobody listens any more.
public protocol QuerySink: AnyObject, Sendable {
    /// A SELECT begins. LET statements are not announced.
    func selectBegan(_ position: StatementPosition) throws

    /// One row, fully evaluated: it holds no query, scope or object.
    func row(_ row: VQLRow, of position: StatementPosition) throws

    /// A SELECT has given all its rows. Not called when the query ends early.
    func selectEnded(_ position: StatementPosition) throws

    func log(_ line: LogLine)
}
