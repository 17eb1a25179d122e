// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors

extension FlowReport {
    /// Of a flow that was just started and whose state could not be read.
    init(startedOn clientID: String, _ flowID: String, unread: MegaraptorError) {
        sentences = [
            "Flow \(flowID) of \(clientID) was started. Its state could not be read: \(unread.message)",
            "Do not start it again: get_flow_status tells its state.",
        ]
        json = [:]
    }

    /// What was asked for, as it arrived, around what is known of the flow.
    mutating func addReceipt(_ receipt: CollectionReceipt, _ plan: CollectionPlan, notes: [String]) {
        let isOpen = json["is_done"] == false && json["timed_out"] == nil
        json = [
            "status": "collection_started",
            "org_id": .string(plan.request.organization ?? "root"),
            "client_id": .string(plan.request.clientID),
            "flow_id": .string(receipt.flowID),
            "artifacts": .array(plan.definitions.map { .string($0.name) }),
            "parameters": .object(receipt.parameters),
            "request": .object(receipt.options),
            "notes": .array(notes.map(JSONValue.string)),
            "flow": json.isEmpty ? .null : .object(json),
        ]
        sentences += notes
        if isOpen { sentences.append("wait_for_flow waits for its end.") }
    }
}
