// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors
internal import VQL

/// The plugins and functions of the connected server, each server asked once.
actor HelpCatalog {
    struct Answer: Sendable {
        var entries: [HelpEntry]
        /// Where they come from, as a sentence.
        var origin: String
        var isFromServer: Bool
    }

    private let client: VelociraptorClient
    private var kept: [ServerChoice: Answer] = [:]

    init(client: VelociraptorClient) {
        self.client = client
    }

    /// What the server says; the recorded table where it does not answer, which is not kept.
    ///
    /// - Throws: `cancelled` only.
    func callAsFunction(timeout: Duration) async throws(MegaraptorError) -> Answer {
        let server = ServerChoice.current
        if let kept = kept[server] { return kept }
        do throws(MegaraptorError) {
            let rows = try await client.rows(
                VQLQuery("SELECT * FROM help()", effect: .reads, timeout: timeout, rowsPerMessage: 100)
            )
            let entries = rows.values.map(HelpEntry.init(row:)).filter { !$0.name.isEmpty }
            guard !entries.isEmpty else { return Self.table("it listed nothing") }
            let answer = Answer(
                entries: entries.sorted { ($0.name, $0.kind) < ($1.name, $1.kind) },
                origin: "As the connected server describes it.",
                isFromServer: true
            )
            if kept.count >= ConnectionPool.most { kept = [:] }
            kept[server] = answer
            return answer
        } catch {
            guard error.code != .cancelled else { throw error }
            return Self.table(error.message)
        }
    }

    private static func table(_ reason: String) -> Answer {
        let entries = (SymbolTable.entries(.plugin) + SymbolTable.entries(.function)).map(HelpEntry.init)
        return Answer(
            entries: entries.sorted { ($0.name, $0.kind) < ($1.name, $1.kind) },
            origin: """
                As recorded from Velociraptor 0.77.2 for all systems, without descriptions: the server did not answer \
                (\(VisibleText.escape(reason)))
                """,
            isFromServer: false
        )
    }
}
