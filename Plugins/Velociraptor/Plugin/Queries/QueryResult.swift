// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
public import MegaraptorErrors

/// What a query gave.
public struct QueryResult: Sendable, Hashable {
    /// The rows of each statement that gave a result, by the statement's number.
    public private(set) var statements: [Int: RowBuffer] = [:]
    /// What the query or the server remarked; neither noise nor failure.
    public private(set) var remarks: [LogLine] = []
    /// What went wrong while rows were made. With any of these the rows are not the whole truth.
    public var failures: [MegaraptorError] = []
    /// Whether the query was stopped because more rows came than were wanted.
    public private(set) var isCapped = false
    /// The server's clock when it last sent something, in microseconds since 1970.
    public private(set) var serverTime: UInt64 = 0

    private let rowLimit: Int
    private var failureLines: [LogLine] = []

    /// How many remarks and failures came beyond what is kept.
    public private(set) var droppedLines = 0

    /// Beyond this many, further lines are only counted: a query can write one for every row.
    private static let remarkLimit = 100
    private static let failureLimit = 100

    public init(rowLimit: Int) {
        self.rowLimit = rowLimit
    }

    public var rowCount: Int { statements.values.reduce(0) { $0 + $1.count } }

    /// Takes one event.
    ///
    /// - Returns: whether more are wanted.
    public mutating func take(_ event: QueryEvent) throws(MegaraptorError) -> Bool {
        switch event {
        case .log(let line): take(line)
        case .rows(let chunk): try take(chunk)
        }
        return !isCapped
    }

    private mutating func take(_ line: LogLine) {
        switch line.kind {
        case .noise: break
        case .note, .warning:
            if remarks.count < Self.remarkLimit { remarks.append(line) } else { droppedLines += 1 }
        case .failure where failureLines.contains(line): break
        case .failure:
            if failureLines.count < Self.failureLimit { failureLines.append(line) } else { droppedLines += 1 }
        }
    }

    private mutating func take(_ chunk: RowChunk) throws(MegaraptorError) {
        serverTime = chunk.serverTime
        do {
            let room = rowLimit - rowCount
            let outcome = try statements[chunk.statement, default: RowBuffer()]
                .append(chunk.json, columns: chunk.columns, limit: room)
            if outcome.leftOut { isCapped = true }
        } catch {
            throw MegaraptorError(
                .internal,
                "The server sent rows that are not JSON.",
                hint: "This is a fault of the server, or of something between it and here.",
                cause: "\(error)"
            )
        }
    }

    /// Called when nothing more comes: what the log told becomes ``failures``, but for the lines that are tolerated.
    ///
    /// - Parameter query: the text that was sent.
    public mutating func finish(_ query: String? = nil, tolerating: (LogLine) -> Bool = { _ in false }) {
        failures += QueryFault.errors(from: failureLines.filter { !tolerating($0) }, in: query)
        failureLines = []
    }

    /// The rows of the first statement, read.
    func firstRows() throws(MegaraptorError) -> Rows {
        Rows(values: try rows(of: 0), isCapped: isCapped, serverTime: serverTime)
    }

    /// The rows of all statements, read, one statement after the other.
    func allRows() throws(MegaraptorError) -> [JSONValue] {
        var all: [JSONValue] = []
        for statement in statements.keys.sorted() { all += try rows(of: statement) }
        return all
    }

    private func rows(of statement: Int) throws(MegaraptorError) -> [JSONValue] {
        do {
            return try statements[statement]?.values() ?? []
        } catch {
            throw MegaraptorError(.internal, "A row of the server could not be read.", cause: "\(error)")
        }
    }

    /// The failures as one error, for where a part of the truth is no use: the first, with the others beside it.
    public var failure: MegaraptorError? {
        guard var first = failures.first else { return nil }
        if failures.count > 1 {
            first.details["also"] = .array(failures.dropFirst().map { .string($0.message) })
        }
        return first
    }
}
