// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors

/// Lists the organisations of a server, and whether this key may work in each.
///
/// `orgs()` also tells each one's client configuration with its nonce: only name and id are ever asked for.
struct ListOrganizations: Sendable {
    let client: VelociraptorClient
    var timeout: Duration = .seconds(30)

    /// The organisation of calls that name none.
    static let standard = "root"
    /// Beyond this many only names and ids are told.
    private static let probed = 50

    func callAsFunction() async throws(MegaraptorError) -> RowPage {
        let rows = try await client.rows(
            VQLQuery("SELECT Name, OrgId FROM orgs()", effect: .reads, timeout: timeout)
        )
        let ids = rows.values.map { $0["OrgId"]?.stringValue ?? "" }
        let answers = await answers(ids.prefix(Self.probed).filter { !$0.isEmpty })
        let orgs = zip(rows.values, ids).map { row, id -> JSONValue in
            [
                "org_id": .string(id), "name": row["Name"] ?? .null, "default": .bool(id == Self.standard),
                "can_read": answers[id]?.map(JSONValue.bool) ?? .null,
            ]
        }
        var notes: [String] = []
        if orgs.contains(where: { $0["can_read"] == .null }) {
            notes.append("can_read is null where it could not be found out.")
        }
        return RowPage(
            heading: Self.heading(orgs.count),
            notes: notes,
            members: ["default_org_id": .string(Self.standard)],
            name: "orgs",
            rows: orgs,
            total: orgs.count,
            hasMore: rows.isCapped,
            isEvidence: false
        )
    }

    private static func heading(_ count: Int) -> String {
        guard count > 0 else { return "The server shows this key no organisation. Calls without org_id go to root." }
        return """
            \(count) \(count == 1 ? "organisation" : "organisations"). Calls without org_id go to root; can_read tells \
            whether this key may read clients there.
            """
    }

    /// All asked at once; the client spreads its calls over one connection.
    private func answers(_ ids: [String]) async -> [String: Bool?] {
        await withTaskGroup(of: (String, Bool?).self) { group in
            for id in ids { group.addTask { (id, await canRead(id)) } }
            var answers: [String: Bool?] = [:]
            for await (id, answer) in group { answers[id] = .some(answer) }
            return answers
        }
    }

    /// Whether clients may be read there; `nil` where something else was in the way.
    private func canRead(_ id: String) async -> Bool? {
        do throws(MegaraptorError) {
            _ = try await client.rows(
                VQLQuery(
                    "SELECT client_id FROM clients() LIMIT 1",
                    effect: .reads,
                    organization: id,
                    timeout: timeout,
                    rowLimit: 1
                )
            )
            return true
        } catch {
            return error.code == .permissionDenied ? false : nil
        }
    }
}
