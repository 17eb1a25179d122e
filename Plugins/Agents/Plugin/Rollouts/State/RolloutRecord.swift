// SPDX-License-Identifier: Apache-2.0

import JSONValue

/// All that is known of one rollout, as it is kept. Holds no secret, only the names of some.
struct RolloutRecord: Codable, Sendable {
    enum Kind: String, Codable, Sendable {
        case install, remove
    }

    enum Outcome: String, Codable, Sendable {
        case done, cancelled
    }

    /// What runs on the machines.
    struct Program: Codable, Sendable, Hashable {
        var path: String
        var sha256: String
    }

    static let currentFormat = 1

    var format = Self.currentFormat
    var id: String
    var deployment: String
    var kind: Kind
    var login: RolloutLogin
    var system: AgentSystem?
    var program: Program?
    var labels: [String]
    /// Whoever began it knows it again by them.
    var tags: [String]
    /// ISO 8601.
    var started: String
    /// `nil` while it goes on, and where it was interrupted.
    var ended: String?
    var outcome: Outcome?
    var hosts: [HostRecord]

    /// By status, without those that no machine has.
    var counts: JSONObject {
        var counts: JSONObject = [:]
        for status in HostRecord.Status.allCases {
            let count = hosts.count { $0.status == status }
            if count > 0 { counts[status.rawValue] = JSONValue(count) }
        }
        return counts
    }

    /// - Parameter isRunning: whether somebody works on it now. Who was to end it and is gone, was interrupted.
    func state(isRunning: Bool) -> String {
        if ended != nil { return (outcome ?? .done).rawValue }
        return isRunning ? "running" : "interrupted"
    }

    /// As it is told.
    func answer(isRunning: Bool, hostLimit: Int = .max) -> JSONObject {
        var answer: JSONObject = [
            "rollout_id": .string(id), "deployment_id": .string(deployment), "kind": .string(kind.rawValue),
            "reached_by": .string(login.name),
            "state": .string(state(isRunning: isRunning)), "started": .string(started),
            "ended": ended.map(JSONValue.string) ?? .null, "labels": .array(labels.map(JSONValue.string)),
            "tags": .array(tags.map(JSONValue.string)),
            "counts": .object(counts), "enrolled": JSONValue(hosts.count { $0.enrolled == true }),
            "hosts": .array(hosts.prefix(hostLimit).map(\.answer)),
        ]
        if hosts.count > hostLimit { answer["hosts_left_out"] = JSONValue(hosts.count - hostLimit) }
        return answer
    }
}
