// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors
internal import MegaraptorPluginKit
internal import Synchronization

/// The end of a call as the plugin told it.
package struct Completion: Sendable {
    package let status: Int32
    /// All parts in their order, then the bytes of the end itself.
    package let bytes: [UInt8]
}

/// The calls of a fake host and what became of them.
struct FakeHostCalls {
    var lastID: UInt64 = 0
    var waiting: [UInt64: @Sendable (UInt64, Completion) -> Void] = [:]
    var cancelled: Set<UInt64> = []
    var parts: [UInt64: [UInt8]] = [:]
    /// How often each call was completed; one that never was made counts too.
    var completions: [UInt64: Int] = [:]
    /// The host's functions that were called after service had ended.
    var afterEnd: [String] = []
    var hasEnded = false

    mutating func note(_ function: String) {
        if hasEnded { afterEnd.append(function) }
    }
}

extension FakeHost {
    /// A new call. `finish` gets its id and its first completion, on the plugin's thread.
    package func makeCall(_ finish: @escaping @Sendable (UInt64, Completion) -> Void) -> UInt64 {
        record.withLock { record in
            record.calls.lastID += 1
            record.calls.waiting[record.calls.lastID] = finish
            return record.calls.lastID
        }
    }

    /// From here on the call counts as cancelled.
    package func cancel(_ call: UInt64) {
        record.withLock { _ = $0.calls.cancelled.insert(call) }
    }

    /// From here on no function of the host may be called. The host ends the calls that the plugin has not.
    package func endService() {
        let open = record.withLock { record in
            record.calls.hasEnded = true
            defer { record.calls.waiting = [:] }
            return record.calls.waiting
        }
        let completion = Completion(status: Self.end.code.rawValue, bytes: Self.end.json.jsonBytes())
        for (call, finish) in open { finish(call, completion) }
    }

    /// What a call gets that the end of service leaves open.
    static let end = MegaraptorError(.unavailable, "Service has ended.")

    var hasEnded: Bool { record.withLock { $0.calls.hasEnded } }

    /// The functions of the host that were called after ``endService()``.
    package var calledAfterEnd: [String] { record.withLock { $0.calls.afterEnd } }

    /// Calls that were completed more than once.
    package var doubleCompletions: Int { record.withLock { $0.calls.completions.count { $0.value > 1 } } }

    /// Completions of calls that were never made.
    package var strayCompletions: Int {
        record.withLock { record in record.calls.completions.keys.count { $0 == 0 || $0 > record.calls.lastID } }
    }

    // MARK: - What the plugin says

    func isCancelled(_ call: UInt64) -> Bool {
        record.withLock { record in
            record.calls.note("is_cancelled")
            return record.calls.waiting[call] == nil || record.calls.cancelled.contains(call)
        }
    }

    func noteProgress(_ progress: Progress) {
        record.withLock { record in
            record.calls.note("progress")
            record.progress.append(progress)
        }
    }

    func noteLog(level: Int32, _ message: String) {
        record.withLock { record in
            record.calls.note("log")
            record.log.append(LogLine(level: HostServices.LogLevel(rawValue: level) ?? .info, message: message))
        }
    }

    func append(_ call: UInt64, _ part: UnsafeRawBufferPointer) {
        record.withLock { record in
            record.calls.note("emit")
            record.calls.parts[call, default: []] += part
        }
    }

    func complete(_ call: UInt64, status: Int32, _ bytes: UnsafeRawBufferPointer) {
        let (finish, parts) = record.withLock { record in
            record.calls.note("complete")
            record.calls.completions[call, default: 0] += 1
            let parts = record.calls.parts.removeValue(forKey: call) ?? []
            return (record.calls.waiting.removeValue(forKey: call), parts)
        }
        finish?(call, Completion(status: status, bytes: status == 0 ? parts + bytes : Array(bytes)))
    }

    func request(_ method: String, _ params: UnsafeRawBufferPointer) -> Result<JSONValue, MegaraptorError> {
        record.withLock { $0.calls.note("request") }
        return Result { () throws(MegaraptorError) in
            do {
                return try serve(method, try JSONValue(json: params))
            } catch let error as MegaraptorError {
                throw error
            } catch {
                throw MegaraptorError(.invalidArgument, "The request's parameters are not JSON: \(error).")
            }
        }
    }
}
