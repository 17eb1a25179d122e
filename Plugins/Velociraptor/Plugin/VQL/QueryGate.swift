// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors
internal import VQL

/// Decides whether a query may run, from what it can reach and what operations allow.
///
/// The text that is judged is the text that is sent: nothing is added afterwards but a LIMIT.
struct QueryGate: Sendable {
    /// Whether only what reads investigation data may run.
    let isReadOnly: Bool
    /// Whether in read-only mode what reads the server's own machine may run too.
    let allowsServerReads: Bool
    let lookup: ArtifactLookup

    /// Artifacts that call artifacts are followed this far.
    private static let mostRounds = 8

    /// A query that was read and judged.
    struct Judged: Sendable {
        let program: Program
        let analysis: QueryAnalysis
        /// The texts of the artifacts that it runs on the server, by their names.
        let texts: [String: [String]]

        /// Whether it must not be sent twice.
        var effect: VQLQuery.Effect { analysis.isReading ? .reads : .mayChange }
        /// Whether it changes something, or cannot be told not to.
        var needsConsent: Bool { !analysis.isReading }
    }

    /// Reads and judges a query. Definitions of artifacts that it runs on the server are fetched, and the server is
    /// asked for built-ins that have a name which the query defines and calls.
    ///
    /// - Throws: `invalid_argument` where the text is no VQL.
    func judge(_ query: String) async throws(MegaraptorError) -> Judged {
        let program: Program
        do throws(VQLSyntaxError) {
            program = try Program(parsing: query)
        } catch {
            throw SyntaxFault.error(error, in: query)
        }
        var texts: [String: [String]] = [:]
        var unknown: Set<String> = []
        var analysis = QueryAnalysis(of: program)
        for _ in 0..<Self.mostRounds {
            let missing = analysis.missingArtifacts.filter { !unknown.contains($0) }
            guard !missing.isEmpty else { break }
            let found = try await definitions(missing)
            unknown.formUnion(missing.filter { found[$0] == nil })
            texts.merge(found) { first, _ in first }
            analysis = QueryAnalysis(of: program) { [texts] in texts[$0] }
        }
        // What is worse already needs no question to the server.
        if analysis.isReading, !analysis.definedCalls.isEmpty {
            let builtins = try await BuiltinLookup(
                client: lookup.client,
                organization: lookup.organization,
                timeout: lookup.timeout
            ).builtins(among: analysis.definedCalls)
            analysis = QueryAnalysis(of: program, builtins: builtins) { [texts] in texts[$0] }
        }
        return Judged(program: program, analysis: analysis, texts: texts)
    }

    /// - Parameter changes: whether the caller says that the query may change something.
    /// - Throws: `permission_denied` where operations forbid it, `failed_precondition` where the caller has to say so.
    func admit(_ judged: Judged, changes: Bool) throws(MegaraptorError) {
        let analysis = judged.analysis
        if isReadOnly {
            let limit: QueryVerdict = allowsServerReads ? .readsServer : .readsInvestigation
            guard analysis.verdict <= limit else { throw refusal(analysis, above: limit) }
        } else if judged.needsConsent, !changes {
            throw MegaraptorError(
                .failedPrecondition,
                "The query \(Self.kind(analysis.verdict)): \(Self.words(analysis, from: .changes))",
                hint: """
                    Nothing was sent. If that is what the person wants, repeat the call with changes: true; else write \
                    it so that it only reads.
                    """,
                details: Self.details(analysis)
            )
        }
    }

    private func refusal(_ analysis: QueryAnalysis, above limit: QueryVerdict) -> MegaraptorError {
        let from: QueryVerdict = limit == .readsInvestigation ? .readsServer : .changes
        return MegaraptorError(
            .permissionDenied,
            """
            This server is read-only, and the query \(Self.kind(analysis.verdict)): \(Self.words(analysis, from: from))
            """,
            hint: """
                Nothing was sent. Queries that only read clients, flows, hunts, results and artifacts run. Operations \
                can allow reading the server's own machine (allow_server_reads) or switch read-only off.
                """,
            details: Self.details(analysis)
        )
    }

    private static func kind(_ verdict: QueryVerdict) -> String {
        switch verdict {
        case .readsInvestigation: "reads investigation data"
        case .readsServer: "reads the server's own machine"
        case .changes: "changes something"
        case .unknown: "may do what cannot be told from its text"
        }
    }

    /// The worst first; enough of them to see what it is about.
    static func words(_ analysis: QueryAnalysis, from least: QueryVerdict) -> String {
        let sentences = analysis.sentences(from: least)
        let shown = sentences.prefix(6).map { VisibleText.escape($0) + "." }.joined(separator: " ")
        return sentences.count > 6 ? "\(shown) And \(sentences.count - 6) more." : shown
    }

    static func details(_ analysis: QueryAnalysis) -> JSONObject {
        [
            "effect": .string(analysis.verdict.name),
            "reasons": .array(analysis.sentences(from: .readsServer).prefix(20).map(JSONValue.string)),
        ]
    }

    // MARK: - Artifacts

    /// The texts of artifacts by name. One of which cannot be told what it runs is left out.
    private func definitions(_ names: [String]) async throws(MegaraptorError) -> [String: [String]] {
        var texts: [String: [String]] = [:]
        for artifact in try await lookup.rows(names).compactMap(ArtifactTexts.init(row:)) {
            texts[artifact.name] = artifact.texts
        }
        return texts
    }
}
