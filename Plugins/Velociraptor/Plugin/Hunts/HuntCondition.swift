// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors

/// Which clients a hunt takes in: those of one system, or those with and without labels.
///
/// Never both: where `hunt()` is given a system it drops excluded labels in silence, and runs on the hosts that were to
/// be spared.
struct HuntCondition: Sendable, Hashable {
    var includedLabels: [String]
    var excludedLabels: [String]
    /// `windows`, `linux` or `darwin`; `nil` for all.
    var system: String?

    /// A condition as a caller asks for it.
    ///
    /// - Throws: `invalid_argument` for labels that are none, and for conditions that the server would not keep.
    init(
        includedLabels: [String] = [],
        excludedLabels: [String] = [],
        system: String? = nil
    ) throws(MegaraptorError) {
        self.includedLabels = try LabelNames.checked(includedLabels)
        self.excludedLabels = try LabelNames.checked(excludedLabels)
        self.system = system
        let hasLabels = !includedLabels.isEmpty || !excludedLabels.isEmpty
        guard system == nil || !hasLabels else { throw Self.systemWithLabels }
        let excluded = Set(excludedLabels.map { $0.lowercased() })
        if let both = includedLabels.first(where: { excluded.contains($0.lowercased()) }) {
            throw MegaraptorError(
                .invalidArgument,
                "The label \(VisibleText.escape(both)) is included and excluded: no client can match.",
                hint: "Name it in one of include_labels and exclude_labels."
            )
        }
    }

    /// The condition of a hunt, as `hunts()` tells it.
    init(row: JSONValue?) {
        includedLabels = (row?["labels"]?["label"]?.arrayValue ?? []).compactMap(\.stringValue)
        excludedLabels = (row?["excluded_labels"]?["label"]?.arrayValue ?? []).compactMap(\.stringValue)
        let name = row?["os"]?["os"]?.stringValue ?? "ALL"
        system = name == "ALL" ? nil : name == "OSX" ? "darwin" : name.lowercased()
    }

    private static var systemWithLabels: MegaraptorError {
        MegaraptorError(
            .invalidArgument,
            "os_filter cannot go with labels: the server ignores the labels then, and would run on excluded hosts too.",
            hint: """
                Leave os_filter out: artifacts for one system run on no other. Or label the clients of that system \
                (label_client) and use labels only.
                """
        )
    }

    func isSame(as other: HuntCondition) -> Bool {
        system == other.system && LabelNames.same(includedLabels, other.includedLabels)
            && LabelNames.same(excludedLabels, other.excludedLabels)
    }

    /// Whether a client matches.
    func accepts(system: String?, labels: [String]) -> Bool {
        if let wanted = self.system, wanted != system { return false }
        let labels = Set(labels.map { $0.lowercased() })
        if excludedLabels.contains(where: { labels.contains($0.lowercased()) }) { return false }
        return includedLabels.isEmpty || includedLabels.contains { labels.contains($0.lowercased()) }
    }

    var json: JSONValue {
        [
            "os": .string(system ?? "all"), "include_labels": .array(includedLabels.map(JSONValue.string)),
            "exclude_labels": .array(excludedLabels.map(JSONValue.string)),
        ]
    }

    /// The condition in words, behind "clients".
    var words: String {
        if let system { return "clients that run \(system)" }
        var parts: [String] = []
        if !includedLabels.isEmpty { parts.append("with any label of \(includedLabels.joined(separator: ", "))") }
        if !excludedLabels.isEmpty { parts.append("without the labels \(excludedLabels.joined(separator: ", "))") }
        return parts.isEmpty ? "all clients" : "clients " + parts.joined(separator: " and ")
    }
}
