// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A thread with a stack deep enough for the deepest recursion that the language allows.
public enum QueryThread {
    /// Address space, not memory: pages that are never touched cost nothing.
    private static let stackSize = 256 << 20

    /// Runs `work` on a thread of its own and returns at once.
    public static func start(_ work: @escaping @Sendable () -> Void) {
        let thread = Thread(block: work)
        thread.stackSize = stackSize
        thread.name = "query"
        thread.start()
    }

    /// Runs `work` on a thread of its own and waits for it without blocking the caller's.
    public static func run<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            start { continuation.resume(with: Swift.Result { try work() }) }
        }
    }
}

extension QueryEngine {
    /// Runs a request on a thread of its own. Cancelling the task ends the query.
    public func run(_ request: QueryRequest, into sink: any QuerySink) async throws {
        let cancellation = Cancellation(timeout: request.timeout)
        try await withTaskCancellationHandler {
            try await QueryThread.run { try run(request, cancellation: cancellation, into: sink) }
        } onCancel: {
            cancellation.cancel()
        }
    }
}
