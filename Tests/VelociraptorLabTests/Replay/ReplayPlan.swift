// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue

/// What the replay needs beside the recordings: `Tests/Recorded/replay-plan.json`.
struct ReplayPlan {
    /// A query that the recording's author ran without recording it.
    struct Step {
        var vql: String
        /// Recorded ids by the path at which the lab's answer has its own, `a.b` in the first row.
        var binds: [String: String]
    }

    /// Steps by the exchange before which they are taken.
    var steps: [String: [Step]]
    /// The exchanges that do not match, with the reason.
    var omitted: [String: String]

    static func load() throws -> ReplayPlan {
        let bytes = [UInt8](try Data(contentsOf: Recordings.folder.appending(path: "replay-plan.json")))
        let json = try JSONValue(json: bytes)
        let steps = (json["before"]?.objectValue ?? JSONObject()).map { entry in
            (entry.key, (entry.value.arrayValue ?? []).map(Step.init))
        }
        let omitted = (json["omitted"]?.objectValue ?? JSONObject()).map { ($0.key, $0.value.stringValue ?? "") }
        return ReplayPlan(
            steps: Dictionary(steps, uniquingKeysWith: +),
            omitted: Dictionary(omitted, uniquingKeysWith: { first, _ in first })
        )
    }
}

extension ReplayPlan.Step {
    fileprivate init(_ json: JSONValue) {
        vql = json["vql"]?.stringValue ?? ""
        let pairs = (json["binds"]?.objectValue ?? JSONObject()).map { ($0.key, $0.value.stringValue ?? "") }
        binds = Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }
}
