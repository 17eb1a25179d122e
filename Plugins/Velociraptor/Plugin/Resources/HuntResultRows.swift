// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors

/// The first rows of a hunt, whatever sources they come from, as a resource's JSON.
struct HuntResultRows: Sendable {
    /// The most rows.
    static let most = 1000

    /// The column with the name of a row's source.
    static let source = "_artifact"
    /// For what stands around the rows.
    private static let reserve = 4 << 10

    let client: VelociraptorClient
    /// How large all of it may be. A row is never shortened.
    let bytes: Int
    var timeout: Duration = .seconds(60)

    func callAsFunction(_ huntID: String) async throws(MegaraptorError) -> JSONObject {
        let first = try await page(huntID, nil, Self.most)
        let sources = (first.members["sources"]?.arrayValue ?? []).compactMap { $0["artifact"]?.stringValue }
        var rows: [JSONValue] = []
        var isComplete = true
        for source in sources where isComplete {
            guard rows.count < Self.most else {
                isComplete = false
                break
            }
            // A hunt with a single source has answered with its rows.
            let page = sources.count == 1 ? first : try await page(huntID, source, Self.most - rows.count)
            rows += page.rows.map { Self.row($0, source) }
            isComplete = !page.hasMore
        }
        let fitting = fitting(rows)
        let whole = RowPage(
            heading: "",
            members: [
                "hunt_id": .string(huntID), "state": first.members["state"] ?? .null,
                "sources": first.members["sources"] ?? [],
            ],
            name: "results",
            rows: Array(rows.prefix(fitting)),
            hasMore: !isComplete || fitting < rows.count
        )
        return whole.resource("hunt_results", more: GetHuntResults.name)
    }

    private func page(_ huntID: String, _ source: String?, _ limit: Int) async throws(MegaraptorError) -> RowPage {
        try await GetHuntResults(client: client)(
            huntID,
            EvidenceReader.Request(artifact: source, limit: limit, timeout: timeout)
        )
    }

    private static func row(_ row: JSONValue, _ source: String) -> JSONValue {
        let name: JSONObject = [Self.source: .string(source)]
        return .object(name.adding(row.objectValue ?? [:]))
    }

    /// How many of the rows there is room for.
    private func fitting(_ rows: [JSONValue]) -> Int {
        var room = bytes - Self.reserve
        for (index, row) in rows.enumerated() {
            // Within the resource the text is quoted once more: every quotation mark takes two bytes.
            room -= JSONValue.string(row.json()).json().utf8.count
            if room < 0 { return index }
        }
        return rows.count
    }
}
