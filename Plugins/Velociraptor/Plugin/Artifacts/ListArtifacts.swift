// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors
internal import VQLChecks

/// Lists the artifacts that a server has.
struct ListArtifacts: Sendable {
    struct Request: Sendable, Hashable {
        var search: String?
        /// One of ``types``, in any case.
        var type: String?
        /// One of ``ArtifactSystems/all``, in any case.
        var system: String?
        var limit = 100
        var cursor: String?
        var organization: String?
        var timeout: Duration = .seconds(30)
    }

    static let name = "list_artifacts"
    static let types = VQLCheck.artifactTypes

    let client: VelociraptorClient

    /// By name, or the best first where words are searched.
    func callAsFunction(_ request: Request) async throws(MegaraptorError) -> RowPage {
        let type = try Self.choice(request.type, of: Self.types, "artifact_type")
        let system = try Self.choice(request.system, of: ArtifactSystems.all, "os")
        let words = NameWords.plain(request.search ?? "")
        let paging = try ListPaging(
            request: PageCursor.request(
                Self.name,
                [words.joined(separator: " "), type, system, request.organization]
            ),
            cursor: request.cursor,
            limit: request.limit
        )
        let all = try await ArtifactIndex(
            client: client,
            organization: request.organization,
            timeout: request.timeout
        )()
        let chosen = Self.ranked(
            all.filter { (type == nil || $0.type == type) && (system.map($0.runs(on:)) ?? true) },
            words
        )
        let page = try paging.page(of: chosen.map(Self.row)) { $0["name"]?.stringValue ?? "" }
        return RowPage(
            heading: Self.heading(chosen.count, of: all.count, words, type, system, request.organization),
            members: [
                "searched": [
                    "search": request.search.map(JSONValue.string) ?? .null,
                    "artifact_type": type.map(JSONValue.string) ?? .null, "os": system.map(JSONValue.string) ?? .null,
                    "org_id": .string(request.organization ?? "root"),
                ]
            ],
            name: "artifacts",
            rows: page.items,
            firstRow: paging.offset,
            total: chosen.count,
            hasMore: page.hasMore,
            isEvidence: false,
            cursor: page.cursor
        )
    }

    /// - Throws: `invalid_argument` for a word that is none of the choices, whatever its case.
    static func choice(_ text: String?, of choices: [String], _ name: String) throws(MegaraptorError) -> String? {
        guard let text else { return nil }
        guard let choice = choices.first(where: { $0 == text.lowercased() }) else {
            throw MegaraptorError(
                .invalidArgument,
                "\(name) cannot be `\(VisibleText.escape(text))`.",
                hint: "It is one of \(choices.joined(separator: ", "))."
            )
        }
        return choice
    }

    private static func ranked(_ artifacts: [ArtifactSummary], _ words: [String]) -> [ArtifactSummary] {
        guard !words.isEmpty else { return artifacts }
        let found = artifacts.compactMap { artifact in
            ArtifactRanking(artifact).pointsForAll(words).map { (points: $0, artifact: artifact) }
        }
        return found.sorted { ($1.points, $0.artifact.name) < ($0.points, $1.artifact.name) }.map(\.artifact)
    }

    private static func row(_ artifact: ArtifactSummary) -> JSONValue {
        [
            "name": .string(artifact.name), "type": .string(artifact.type),
            "description": .string(artifact.firstSentence()),
            "os": .array(artifact.systems.sorted().map(JSONValue.string)),
            "has_parameters": .bool(!artifact.parameters.isEmpty),
            "tools": artifact.tools.isEmpty ? .null : .array(artifact.tools.map(JSONValue.string)),
        ]
    }

    private static func heading(
        _ count: Int,
        of all: Int,
        _ words: [String],
        _ type: String?,
        _ system: String?,
        _ organization: String?
    ) -> String {
        var conditions: [String] = []
        if !words.isEmpty { conditions.append("with \(words.map { "`\($0)`" }.joined(separator: " and "))") }
        if let type { conditions.append("of type \(type)") }
        if let system { conditions.append("that run on \(system) clients") }
        let what = (["artifacts"] + conditions).joined(separator: " ")
        let place = "in organisation \(organization ?? "root")"
        guard count > 0 else {
            return """
                None of the \(all) artifacts \(place) matches: no \(what). Every word must occur; find_artifact also knows \
                synonyms and needs not all words.
                """
        }
        return "\(count) of \(all) \(what) \(place). os is empty where any system will do."
    }
}
