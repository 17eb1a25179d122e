// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorErrors
import Synchronization

/// Questions of one call to the person behind a client that answers them by repeating its request.
///
/// Such a call runs up to its question and ends with it; the repeated call brings the answer and runs past it. So a
/// handler asks before it changes anything. The answers so far travel in the state, which the host seals and binds to
/// the call: what no host has sealed is not taken.
final class Inquiry: Sendable {
    private static let name = "question"

    private struct Progress {
        var asked = 0
        var question: JSONValue?
    }

    /// Whether the client can be asked so.
    let isPossible: Bool
    private let answers: [JSONValue]
    private let progress = Mutex(Progress())

    /// - Parameter params: those of the call, with `_meta.asks_by_result`, `requestState` and `inputResponses`.
    init(_ params: JSONValue) {
        isPossible = params["_meta"]?["asks_by_result"] == true
        guard isPossible, let state = params["requestState"]?.stringValue,
            let answer = params["inputResponses"]?[Self.name]
        else {
            answers = []
            return
        }
        answers = Self.read(state) + [answer]
    }

    /// A state that is none of this kit's holds no answers: then the questions are put again.
    private static func read(_ state: String) -> [JSONValue] {
        do {
            return try JSONValue(json: Array(state.utf8))["answers"]?.arrayValue ?? []
        } catch {
            return []
        }
    }

    /// The answer to the next question. Throws where it has to be asked first; ``run(_:)`` then ends the call with it.
    func answer(_ message: String, _ schema: JSONObject) throws(MegaraptorError) -> JSONValue {
        let answer = progress.withLock { progress -> JSONValue? in
            defer { progress.asked += 1 }
            if progress.asked < answers.count { return answers[progress.asked] }
            progress.question = ["mode": "form", "message": .string(message), "requestedSchema": .object(schema)]
            return nil
        }
        guard let answer else { throw MegaraptorError(.cancelled, "The person is asked before the call goes on.") }
        return answer
    }

    /// Runs a call to its end or to its question.
    func run(_ body: () async throws -> [UInt8]) async throws -> [UInt8] {
        do {
            return try await body()
        } catch {
            guard let question = progress.withLock({ $0.question }) else { throw error }
            let state = JSONValue.object(["answers": .array(answers)]).json()
            let asking: JSONObject = [
                "resultType": "input_required", "requestState": .string(state),
                "inputRequests": [Self.name: ["method": "elicitation/create", "params": question]],
            ]
            return JSONValue.object(asking).jsonBytes()
        }
    }
}
