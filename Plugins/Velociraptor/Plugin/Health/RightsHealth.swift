// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors
internal import MegaraptorPluginKit

/// The roles of the key's user, the permissions they come to, and the tools these suffice for.
struct RightsHealth {
    let isReadOnly: Bool

    /// The row of the key's user, or why it is not to be had.
    static func rights(_ questions: HealthQuestions) async -> Result<JSONValue?, MegaraptorError> {
        do throws(MegaraptorError) {
            let rows = try await questions.rows("SELECT user(user=whoami()) AS user FROM scope()")
            return .success(rows.values.first?["user"])
        } catch {
            return .failure(error)
        }
    }

    func judge(_ rights: Result<JSONValue?, MegaraptorError>, _ findings: inout HealthFindings) {
        switch rights {
        case .failure(let error) where error.code == .permissionDenied:
            addUnknown("This key may not ask for its own roles", &findings)
        case .failure(let error):
            findings.add(.roles, .unknown, failure: error)
            addUntold(&findings)
        case .success(let user):
            guard let policy = user?["effective_policy"]?.objectValue else {
                return addUnknown("The server does not tell the roles of this key", &findings)
            }
            judge(roles: user?["roles"]?.arrayValue ?? [], policy, &findings)
        }
    }

    private func addUnknown(_ reason: String, _ findings: inout HealthFindings) {
        let fix = "An administrator can see them on the server: `velociraptor acl show NAME`."
        findings.add(.roles, .unknown, "\(reason).", fix: fix)
        addUntold(&findings)
    }

    private func addUntold(_ findings: inout HealthFindings) {
        let subject = HealthStep.tools.subject
        findings.add(.tools, .unknown, "\(subject): not checked, because its permissions could not be read.")
    }

    private func judge(roles: [JSONValue], _ policy: JSONObject, _ findings: inout HealthFindings) {
        let held = policy.filter { $0.value == true }.map { $0.key.uppercased() }
        let names = roles.compactMap(\.stringValue).joined(separator: ", ")
        let text = """
            In organisation root the key has the roles \(names.isEmpty ? "none" : names), which come to \
            \(held.isEmpty ? "no permission" : held.joined(separator: ", ")).
            """
        findings.add(.roles, .ok, VisibleText.escape(text))
        judge(tools: Set(held), &findings)
    }

    /// - Parameter held: the permissions in capitals.
    func judge(tools held: Set<String>, _ findings: inout HealthFindings) {
        guard held.contains(ToolNeed.query) else {
            return findings.add(
                .tools,
                .warning,
                "This key can use none of the tools: it lacks \(ToolNeed.query).",
                fix: Permissions.hint(for: [ToolNeed.query])
            )
        }
        let offered = ToolNeed.all.filter { !(isReadOnly && $0.changes) }
        let missing = offered.filter { !$0.isMet(by: held) }
        guard !missing.isEmpty else {
            let tools = isReadOnly ? "every tool that is offered in read-only mode" : "every tool"
            return findings.add(.tools, .ok, "The key's permissions suffice for \(tools).")
        }
        let parts = missing.map { "\($0.tools.joined(separator: ", ")) (lacks \($0.permissions[0]))" }
        findings.add(
            .tools,
            .warning,
            "This key cannot use \(parts.joined(separator: "; ")).",
            fix: Self.fix(missing)
        )
    }

    private static func fix(_ missing: [ToolNeed]) -> String {
        var roles: [String] = []
        for role in missing.map({ Permissions.role(bringing: $0.permissions) }) where !roles.contains(role) {
            roles.append(role)
        }
        return """
            Leave it so if the key is not to do that; else an administrator of the server can grant its user the role \
            \(roles.map { "`\($0)`" }.joined(separator: " and ")) (`velociraptor acl grant`).
            """
    }
}
