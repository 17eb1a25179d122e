// SPDX-License-Identifier: Apache-2.0

internal import JSONValue

/// Compares a hunt with what was asked for: the server drops some things in silence.
struct HuntComparison: Sendable {
    let asked: CreateHunt.Request
    let parameters: ArtifactParameters
    let definitions: [ArtifactDefinition]

    /// How far the expiry may be from the time that was asked for, in seconds.
    private static let tolerance: Int64 = 300

    /// A few words for each difference; none where the hunt is as it should be.
    func differences(from hunt: HuntRecord) -> [String] {
        var differences: [String] = []
        func compare(_ name: String, _ isSame: Bool, _ asked: String, _ found: String) {
            guard !isSame else { return }
            differences.append("\(name) should be \(VisibleText.escape(asked)) and is \(VisibleText.escape(found))")
        }
        func compare(_ name: String, _ asked: Int?, _ found: Int64) {
            guard let asked else { return }
            compare(name, Int64(asked) == found, String(asked), String(found))
        }
        let state = asked.isPaused ? "PAUSED" : "RUNNING"
        compare("the state", hunt.state == state, state, hunt.state)
        compare("the description", hunt.description == asked.description, asked.description, hunt.description)
        compare(
            "the artifacts",
            Set(hunt.artifacts) == Set(asked.artifacts),
            list(asked.artifacts),
            list(hunt.artifacts)
        )
        let condition = hunt.condition
        compare("the condition", condition.isSame(as: asked.condition), asked.condition.words, condition.words)
        compare("the tags", LabelNames.same(hunt.tags, asked.tags), list(asked.tags), list(hunt.tags))
        compare("timeout", asked.timeout, hunt.number("timeout"))
        compare("cpu_limit", asked.cpuLimit, Int64(hunt.row["cpu_limit"]?.doubleValue ?? 0))
        compare("max_rows", asked.maxRows, hunt.number("max_rows"))
        compare("max_bytes", asked.maxBytes, hunt.number("max_bytes"))
        let life = (hunt.expires - hunt.number("create_time")) / 1_000_000
        let wanted = Int64(asked.expiresHours) * 3600
        compare("the life time", abs(life - wanted) <= Self.tolerance, "\(wanted) s", "\(life) s")
        return differences + missingParameters(in: hunt.parameters)
    }

    private func missingParameters(in found: JSONObject) -> [String] {
        var missing: [String] = []
        for (artifact, values) in parameters.specification {
            let definition = definitions.first { $0.name == artifact }
            for (name, value) in values.objectValue ?? [:] {
                let isRewritten = definition?.parameters.first { $0.name == name }?.type == "timestamp"
                let actual = found[artifact]?[name]
                // Moments are written in the server's own way.
                guard actual == nil || actual != value && !isRewritten else { continue }
                missing.append("the parameter \(name) of \(artifact) did not arrive")
            }
        }
        return missing
    }

    private func list(_ values: [String]) -> String { values.isEmpty ? "none" : values.joined(separator: ", ") }
}
