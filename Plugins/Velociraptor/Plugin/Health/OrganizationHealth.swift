// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors
internal import MegaraptorPluginKit

/// Which organisations the key sees: names and ids, never the nonce that `orgs()` also knows.
enum OrganizationHealth {
    private static let shown = 20

    static func organizations(_ questions: HealthQuestions) async -> Result<[JSONValue], MegaraptorError> {
        do throws(MegaraptorError) {
            return .success(try await questions.rows("SELECT Name, OrgId FROM orgs()").values)
        } catch {
            return .failure(error)
        }
    }

    static func judge(_ organizations: Result<[JSONValue], MegaraptorError>, _ findings: inout HealthFindings) {
        switch organizations {
        case .failure(let error): findings.add(.orgs, .unknown, failure: error)
        case .success(let rows) where rows.isEmpty:
            findings.add(.orgs, .ok, "The server shows this key no organisation; calls go to root.")
        case .success(let rows):
            let names = rows.prefix(shown).map { row in
                "\(row["Name"]?.stringValue ?? "?") (\(row["OrgId"]?.stringValue ?? "?"))"
            }
            let more = rows.count > shown ? " and \(rows.count - shown) more" : ""
            let text = "Organisations, each with its id: \(names.joined(separator: ", "))\(more)."
            findings.add(.orgs, .ok, VisibleText.escape(text))
        }
    }
}
