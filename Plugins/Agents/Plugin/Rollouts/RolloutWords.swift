// SPDX-License-Identifier: Apache-2.0

import JSONValue

/// A rollout as its call answers.
extension RolloutRecord {
    /// - Parameter more: what whoever reads it ought to know besides.
    func told(_ more: [String] = []) -> JSONObject {
        var answer = answer(isRunning: false)
        let counts = counts.map { "\($0.value.integerValue ?? 0) \($0.key.replacing("_", with: " "))" }
        var message = "Of \(hosts.count) machines: \(counts.joined(separator: ", "))."
        if kind == .install { message += " The server has seen \(hosts.count { $0.enrolled == true }) of the agents." }
        answer["message"] = .string(message)
        answer["notes"] = .array((more + notes).map(JSONValue.string))
        return answer
    }

    private var notes: [String] {
        var notes = hosts.filter { $0.status == .failed }.prefix(20).map {
            "\($0.target.text): \($0.reason ?? "failed") \($0.hint ?? "")"
        }
        if kind == .install, hosts.contains(where: { !$0.status.isDone }) {
            notes.append("\(login.tool) goes on with rollout_id \(id): with retry_failed also where it failed.")
        }
        if hosts.contains(where: { $0.status == .wouldRemove }) {
            notes.append("Nothing was removed. The same call with confirm removes it.")
        }
        return notes
    }
}
