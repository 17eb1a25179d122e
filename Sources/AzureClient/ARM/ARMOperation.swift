// SPDX-License-Identifier: Apache-2.0

public import JSONValue
public import MegaraptorErrors

/// A change that Resource Manager goes on with after its answer.
public struct ARMOperation: Sendable {
    /// How its end is learnt, in the order in which Azure's documents prefer them.
    enum Monitor: Sendable, Hashable {
        /// Its own URL, with a `status`.
        case operation(String)
        /// 202 until it has ended.
        case location(String)
        /// The resource's own `provisioningState`.
        case resource(path: String)
        case ended
    }

    let monitor: Monitor
    let apiVersion: String
    /// For people: `PUT /subscriptions/…`.
    let place: String
    /// The answer that began it.
    public let first: JSONValue
    /// How long Azure asks to wait before the next look.
    public internal(set) var retryAfter: Duration?
    let requestID: String?

    /// Where it stands.
    public enum State: Sendable {
        case running
        /// With what the last look has brought; the resource itself, or `null`, depending on the monitor.
        case succeeded(JSONValue)
        case failed(MegaraptorError)
    }

    /// The URL to ask, for state files; `nil` where it had ended at once or the resource itself tells.
    public var url: String? {
        switch monitor {
        case .operation(let url), .location(let url): url
        case .resource, .ended: nil
        }
    }

    init(_ response: ARMResponse, _ request: ARMRequest, _ apiVersion: String) {
        first = response.body
        place = "\(request.method) \(request.path)"
        self.apiVersion = apiVersion
        retryAfter = response.retryAfter
        requestID = response.requestID
        let state = response.body["properties"]?["provisioningState"]?.stringValue
        if let url = response.operation {
            monitor = .operation(url)
        } else if response.status == 202, let url = response.location {
            monitor = .location(url)
        } else if let state, !Self.isTerminal(state), request.method == "PUT" || request.method == "PATCH" {
            monitor = .resource(path: request.path)
        } else {
            monitor = .ended
        }
    }

    /// Everything but these three goes on.
    static func isTerminal(_ state: String) -> Bool {
        ["succeeded", "failed", "canceled"].contains(state.lowercased())
    }
}

extension ARMClient {
    /// Sends a change and does not wait for its end.
    public func begin(
        _ method: String,
        _ path: String,
        _ apiVersion: String,
        query: [(String, String)] = [],
        body: JSONValue? = nil,
        asks: Bool = false
    ) async throws(MegaraptorError) -> ARMOperation {
        let request = ARMRequest(method, path, apiVersion, query: query, body: body, asks: asks)
        return ARMOperation(try await send(request), request, apiVersion)
    }

    /// Looks once where an operation stands. `operation` takes over what Azure says of the next look.
    public func look(_ operation: inout ARMOperation) async throws(MegaraptorError) -> ARMOperation.State {
        switch operation.monitor {
        case .ended: return .succeeded(operation.first)
        case .operation(let url):
            try requireOwn(url, allowsRegions: true)
            let response = try await send(ARMRequest(monitor: url))
            operation.retryAfter = response.retryAfter
            return state(response.body["status"]?.stringValue ?? "Succeeded", response.body, operation)
        case .location(let url):
            try requireOwn(url, allowsRegions: true)
            let response = try await send(ARMRequest(monitor: url))
            operation.retryAfter = response.retryAfter
            return response.status == 202 ? .running : .succeeded(response.body)
        case .resource(let path):
            let body = try await get(path, operation.apiVersion)
            let word = body["properties"]?["provisioningState"]?.stringValue ?? "Succeeded"
            return state(word, body, operation)
        }
    }

    /// Waits until an operation has ended.
    ///
    /// - Parameters:
    ///   - limit: how long in all; what takes longer ends with `deadline_exceeded` and goes on at Azure.
    ///   - interval: between looks where Azure does not say.
    ///   - progress: called after each look that finds it running.
    /// - Throws: Azure's reason where it failed; `cancelled` where the wait was, and the operation goes on.
    @discardableResult
    public func wait(
        for operation: ARMOperation,
        limit: Duration,
        interval: Duration = .seconds(10),
        progress: () async throws(MegaraptorError) -> Void = {}
    ) async throws(MegaraptorError) -> JSONValue {
        var operation = operation
        let end = ContinuousClock.now + limit
        while true {
            switch try await look(&operation) {
            case .succeeded(let body): return body
            case .failed(let error): throw error
            case .running: try await progress()
            }
            guard ContinuousClock.now < end else { throw Self.late(operation, limit) }
            try await retries.pause(operation.retryAfter ?? interval)
        }
    }

    private func state(_ word: String, _ body: JSONValue, _ operation: ARMOperation) -> ARMOperation.State {
        switch word.lowercased() {
        case "succeeded": return .succeeded(body)
        case "failed", "canceled", "cancelled":
            let reason = body["error"] ?? body["properties"]?["error"] ?? ["code": .string(word)]
            let ids: JSONObject = operation.requestID.map { ["request_id": .string($0)] } ?? [:]
            return .failed(ARMFault(reason, place: operation.place, ids: ids).error)
        default: return .running
        }
    }

    private static func late(_ operation: ARMOperation, _ limit: Duration) -> MegaraptorError {
        MegaraptorError(
            .deadlineExceeded,
            "\(operation.place) has not ended after \(limit). Azure goes on with it.",
            hint: "Look at its state later.",
            retryable: true
        )
    }
}
