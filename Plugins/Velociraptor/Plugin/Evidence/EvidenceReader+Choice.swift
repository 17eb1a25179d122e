// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors

extension EvidenceReader {
    /// The rows of the source that was named, or of the only one there is; else the sources to choose from.
    ///
    /// - Parameter state: how far the flow or hunt has come; it decides what having no rows means.
    func page(of sources: EvidenceSources, state: String) async throws(MegaraptorError) -> RowPage {
        var page: RowPage
        switch try sources.choose(request.artifact) {
        case .source(let source):
            page = try await self.page(of: source)
            page.heading = heading(page, source, state)
        case .several(let several):
            page = list(several)
            page.heading = """
                \(origin.words) in organisation \(request.organization ?? "root") has rows of \(several.count) sources. \
                Repeat the call with one of them as artifact. \(state)
                """
        case .empty(let name):
            page = list([])
            page.heading = "No rows of \(name) in \(origin.words). \(state)"
        case .nothing:
            page = list([])
            page.heading = """
                No rows in \(origin.words), organisation \(request.organization ?? "root"). Collected: \
                \(sources.requested.joined(separator: ", ")). \(state)
                """
        }
        page.members["state"] = .string(state)
        page.members["sources"] = Self.json(sources.available)
        return page
    }

    /// No rows of evidence: only the sources are told.
    private func list(_ sources: [EvidenceSources.Source]) -> RowPage {
        var page = RowPage(heading: "", rows: [], total: nil)
        page.members = origin.json.adding(["artifact": .null, "org_id": .string(request.organization ?? "root")])
        page.notes = sources.map { "* \($0.name): \($0.rows.map { "\($0) rows" } ?? "rows not counted")" }
        return page
    }

    private static func json(_ sources: [EvidenceSources.Source]) -> JSONValue {
        .array(sources.map { ["artifact": .string($0.name), "rows": $0.rows.map { JSONValue($0) } ?? .null] })
    }

    private func heading(_ page: RowPage, _ source: EvidenceSources.Source, _ state: String) -> String {
        let place = "\(source.name) of \(origin.words) in organisation \(request.organization ?? "root")"
        let filter = request.condition == nil ? "" : " that meet the condition"
        guard !page.rows.isEmpty else {
            let all = source.rows.map { " of \($0)" } ?? ""
            return "No rows\(filter) from number \(page.firstRow) on\(all): \(place). \(state)"
        }
        return "\(place), rows\(filter), numbered in \(Self.number) from 0. \(state)"
    }
}
