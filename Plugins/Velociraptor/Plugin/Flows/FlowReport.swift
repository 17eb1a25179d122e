// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorPluginKit

/// What is told of one collection.
struct FlowReport: Sendable {
    /// What the reader must know, a sentence or two each.
    var sentences: [String]
    /// The flow, and whatever else belongs to the answer.
    var json: JSONObject

    init(_ state: FlowState, organization: String?, presence: ClientPresence? = nil) {
        sentences = ["Flow \(state.flowID) of \(state.clientID): \(state.explanation(presence))"]
        json = state.json(organization: organization, presence: presence)
    }

    /// Says how long was waited, and how to go on where the flow is still open.
    mutating func addWait(_ outcome: FlowWatch.Outcome) {
        let waited = Double(outcome.elapsed / .milliseconds(100)).rounded() / 10
        json["waited_seconds"] = JSONValue(waited)
        json["timed_out"] = .bool(outcome.isTimeUp)
        if outcome.isTimeUp {
            sentences.append(
                "Not done after \(waited) s. It goes on: call wait_for_flow again, or cancel_flow to end it."
            )
        } else if !outcome.state.sources.isEmpty {
            sentences.append("get_flow_results reads its rows.")
        }
    }

    var toolResult: ToolResult {
        .escaped(
            text: VisibleText.escapeLines(sentences + [RowPage.warning, JSONValue.object(json).json()]),
            structured: json
        )
    }
}

extension CallContext {
    /// Tells the client of a wait, look by look; the seconds grow from one to the next. Nothing where nobody waits.
    func reportProgress(of limit: Duration?) -> (FlowState, Duration) -> Void {
        { state, elapsed in
            guard let limit else { return }
            progress(min(elapsed, limit) / .seconds(1), of: limit / .seconds(1), VisibleText.escape(state.progress))
        }
    }
}
