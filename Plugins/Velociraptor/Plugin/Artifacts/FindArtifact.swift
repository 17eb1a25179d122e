// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors

/// Finds the artifacts that serve a goal told in plain words.
struct FindArtifact: Sendable {
    struct Request: Sendable, Hashable {
        var what: String
        /// One of ``ArtifactSystems/all``, in any case. Left out, a system named in ``what`` counts.
        var system: String?
        var limit = 10
        var organization: String?
        var timeout: Duration = .seconds(30)
    }

    let client: VelociraptorClient

    func callAsFunction(_ request: Request) async throws(MegaraptorError) -> RowPage {
        let goal = ArtifactGoal(request.what)
        guard !goal.words.isEmpty else {
            throw MegaraptorError(
                .invalidArgument,
                "`what` holds no word that says what to look for.",
                hint: "For example: usn journal, listening ports, browser history, scheduled tasks."
            )
        }
        let system = try ListArtifacts.choice(request.system, of: ArtifactSystems.all, "os") ?? goal.system
        let all = try await ArtifactIndex(
            client: client,
            organization: request.organization,
            timeout: request.timeout
        )()
        let candidates = all.filter { system.map($0.runs(on:)) ?? true }
        let found = candidates.compactMap(goal.judge).sorted {
            ($1.score, $0.artifact.name) < ($0.score, $1.artifact.name)
        }
        let missing = goal.words.filter { word in !found.contains { $0.words.contains(word) } }
        return RowPage(
            heading: Self.heading(found.count, of: candidates.count, goal, system, request.organization),
            notes: missing.isEmpty ? [] : ["Not matched by any artifact: \(missing.joined(separator: ", "))."],
            members: [
                "words_not_matched": .array(missing.map(JSONValue.string)),
                "os": system.map(JSONValue.string) ?? .null, "org_id": .string(request.organization ?? "root"),
            ],
            name: "artifacts",
            rows: found.prefix(request.limit).map(\.row),
            total: found.count,
            hasMore: found.count > request.limit,
            isEvidence: false
        )
    }

    private static func heading(
        _ count: Int,
        of all: Int,
        _ goal: ArtifactGoal,
        _ system: String?,
        _ organization: String?
    ) -> String {
        let among =
            "\(all) artifacts\(system.map { " for \($0) clients" } ?? "") in organisation \(organization ?? "root")"
        let words = goal.words.joined(separator: ", ")
        guard count > 0 else {
            return """
                None of the \(among) matches \(words). Try other words for it; list_artifacts shows them all.
                """
        }
        return "\(count) of the \(among) match \(words); the best first. get_artifact tells parameters and sources."
    }
}
