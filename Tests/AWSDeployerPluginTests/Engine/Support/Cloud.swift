// SPDX-License-Identifier: Apache-2.0

import AWSTestbed
import Foundation
import HTTPTransport
import Synchronization

/// A moto_server behind a proxy that records all, and does what moto cannot: fail, throttle, and break off.
final class Cloud: Sendable {
    /// Where a connection is cut: before moto hears of the request, or before the client hears of the answer.
    enum Moment: Sendable, CaseIterable {
        case before, after
    }

    typealias Answering = @Sendable (AWSRequest) -> AWSAnswer?

    private struct State {
        var seen: [AWSRequest] = []
        var changing = 0
        /// The changing actions that were cut in this step, and how often. `nil` where none is to be.
        var cuts: [String: Int]?
        var isDead = false
        var throttles: [String: Int] = [:]
        var answers: [String: Answering] = [:]
        var rewrites: [String: @Sendable (String) -> String] = [:]
    }

    /// Calls that change anything.
    static let changing: Set = [
        "CreateStack", "DeleteStack", "CreateChangeSet", "DeleteChangeSet", "ExecuteChangeSet",
        "ContinueUpdateRollback",
        "CreateSecret", "PutSecretValue", "RestoreSecret", "DeleteSecret", "RebootInstances", "CreateTags",
        "DeleteVolume", "DeleteSnapshot", "DeleteLogGroup",
    ]

    private static let moto = Task { () throws -> MotoServer in
        let server = try await MotoServer()
        leftover.withLock { $0 = server }
        atexit { Cloud.leftover.withLock { $0?.end() } }
        return server
    }
    private static let leftover = Mutex<MotoServer?>(nil)

    private let state: SharedState
    private let server: ScriptedServer
    var url: String { server.url }

    init() async throws {
        let moto = try await Self.moto.value.url
        let state = SharedState()
        self.state = state
        server = try ScriptedServer { request in await Self.answer(request, state, moto) }
    }

    private final class SharedState: Sendable {
        let value = Mutex(State())
    }

    // MARK: - What happened

    var requests: [AWSRequest] { state.value.withLock(\.seen) }

    /// How often an action came.
    func count(_ action: String) -> Int { requests.count { $0.action == action } }

    /// The changing requests so far.
    var changes: Int { state.value.withLock(\.changing) }

    // MARK: - What is to happen

    /// From now on cuts the connection at each changing request of a step: at its first time before moto hears of it, at
    /// its second before the client hears of the answer. Each time nobody is answered until ``revive()``, as if the host
    /// had been killed.
    func cutEach() {
        state.value.withLock { $0.cuts = [:] }
    }

    /// After a step is done, the next one's requests are cut anew.
    func stepIsDone() {
        state.value.withLock { if $0.cuts != nil { $0.cuts = [:] } }
    }

    /// - Returns: whether a connection had been cut.
    func revive() -> Bool {
        state.value.withLock { state in
            defer { state.isDead = false }
            return state.isDead
        }
    }

    /// Turns an action away that often.
    func throttle(_ action: String, _ times: Int) {
        state.value.withLock { $0.throttles[action] = times }
    }

    /// Answers an action in moto's place, where the closure gives anything.
    func answer(_ action: String, _ answer: Answering?) {
        state.value.withLock { $0.answers[action] = answer }
    }

    /// Changes what moto answers to an action, or no more.
    func rewrite(_ action: String, _ rewrite: (@Sendable (String) -> String)?) {
        state.value.withLock { $0.rewrites[action] = rewrite }
    }

    // MARK: - Handing on

    private static func answer(_ request: AWSRequest, _ shared: SharedState, _ moto: String) async -> AWSAnswer? {
        let action = request.action
        let (moment, answer, isThrottled) = shared.value.withLock { state -> (Moment?, Answering?, Bool) in
            if state.isDead { return (.before, nil, false) }
            state.seen.append(request)
            if changing.contains(action) { state.changing += 1 }
            if let times = state.cuts?[action, default: 0], times < 2, changing.contains(action) {
                state.cuts?[action] = times + 1
                state.isDead = true
                return (Moment.allCases[times], nil, false)
            }
            if let left = state.throttles[action], left > 0 {
                state.throttles[action] = left - 1
                return (nil, nil, true)
            }
            return (nil, state.answers[action], false)
        }
        if moment == .before { return nil }
        if isThrottled { return throttled(request) }
        if let made = answer?(request) { return made }
        var handed = await handOn(request, moto)
        if moment == .after { return nil }
        if let rewrite = shared.value.withLock({ $0.rewrites[action] }), handed.status == 200 {
            handed.body = Array(rewrite(String(decoding: handed.body, as: UTF8.self)).utf8)
        }
        return handed
    }

    private static func throttled(_ request: AWSRequest) -> AWSAnswer {
        guard request.headers["x-amz-target"] != nil else { return .fault(400, "Throttling", "Rate exceeded") }
        return AWSAnswer(400, #"{"__type":"ThrottlingException","message":"Rate exceeded"}"#)
    }

    private static func handOn(_ request: AWSRequest, _ moto: String) async -> AWSAnswer {
        var headers = HTTPHeaders()
        for name in ["authorization", "content-type", "x-amz-date", "x-amz-target"] {
            if let value = request.headers[name] { headers.add(name, value) }
        }
        // moto knows the younger policy not, and would delete what it says to keep.
        let body = request.text.replacingOccurrences(of: "RetainExceptOnCreate", with: "Retain%20%23%20ExceptOnCreate")
        do {
            let response = try await HTTPClient().send(
                HTTPRequest(request.method, moto + request.target, headers: headers, body: .bytes(Array(body.utf8)))
            )
            let fields = response.headers.fields.filter { $0.name.lowercased().hasPrefix("x-amz") }
            return AWSAnswer(
                response.status,
                mended(response.text, request.action),
                headers: fields.map { ($0.name, $0.value) }
            )
        } catch {
            return AWSAnswer(502, "moto: \(error)")
        }
    }

    /// What moto tells otherwise than AWS would.
    private static func mended(_ text: String, _ action: String) -> String {
        switch action {
        case "GetTemplate": text.replacingOccurrences(of: "Retain # ExceptOnCreate", with: "RetainExceptOnCreate")
        // It leaves out what launch templates and templates say of these.
        case "DescribeInstances": text.replacingOccurrences(of: "<httpTokens>optional<", with: "<httpTokens>required<")
        case "DescribeVolumes": text.replacingOccurrences(of: "<encrypted>false<", with: "<encrypted>true<")
        default: text
        }
    }
}
