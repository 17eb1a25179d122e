// SPDX-License-Identifier: Apache-2.0

internal import Dispatch
package import MegaraptorErrors

/// Runs what takes a processor or a disk for long beside the threads that serve requests.
package enum BlockingWork {
    private static let queue = DispatchQueue(label: "megaraptor.blocking", attributes: .concurrent)

    package static func run<Value: Sendable>(
        _ body: @escaping @Sendable () throws(MegaraptorError) -> Value
    ) async throws(MegaraptorError) -> Value {
        let outcome = await withCheckedContinuation { continuation in
            queue.async {
                continuation.resume(returning: Result { () throws(MegaraptorError) in try body() })
            }
        }
        return try outcome.get()
    }
}
