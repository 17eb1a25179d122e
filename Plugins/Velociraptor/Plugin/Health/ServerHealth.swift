// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors
internal import MegaraptorPluginKit

/// What can only be known by asking the server.
struct ServerHealth {
    let questions: HealthQuestions
    let configuration: APIClientConfiguration
    let isReadOnly: Bool
    let now: @Sendable () -> Int64

    func look(_ findings: inout HealthFindings) async {
        guard await lookAtAPI(&findings), await lookAtIdentity(&findings) else { return }
        async let rights = RightsHealth.rights(questions)
        async let orgs = OrganizationHealth.organizations(questions)
        RightsHealth(isReadOnly: isReadOnly).judge(await rights, &findings)
        OrganizationHealth.judge(await orgs, &findings)
    }

    // MARK: - The connection

    /// These codes come from something that answered.
    private static let answers: Set<MegaraptorError.Code> = [.unsupported, .internal, .permissionDenied]

    private func lookAtAPI(_ findings: inout HealthFindings) async -> Bool {
        do throws(MegaraptorError) {
            let isServing = try await questions.isServing()
            addReached(&findings)
            guard isServing else {
                findings.add(
                    .api,
                    .broken,
                    "The server answers that it does not serve.",
                    fix: "Look into the server's own log; it may be starting or stopping."
                )
                return false
            }
            findings.add(.api, .ok, "The server's API answers that it serves.")
            return true
        } catch {
            guard Self.answers.contains(error.code) else {
                findings.add(.reachable, failure: error)
                return false
            }
            addReached(&findings)
            findings.add(.api, failure: error)
            return false
        }
    }

    private func addReached(_ findings: inout HealthFindings) {
        let text = "\(configuration.target) is reached over mutual TLS as \(configuration.serverName)."
        findings.add(.reachable, .ok, text)
    }

    // MARK: - Who is who

    private func lookAtIdentity(_ findings: inout HealthFindings) async -> Bool {
        let before = now()
        do throws(MegaraptorError) {
            let rows = try await questions.rows("SELECT config.version AS version, whoami() AS me FROM scope()")
            let clock = ClockHealth(server: rows.serverTime, before: before, after: now())
            let row = rows.values.first
            VersionHealth(row?["version"]?["version"]?.stringValue).judge(&findings)
            clock.judge(&findings)
            let user = VisibleText.escape(row?["me"]?.stringValue ?? "")
            findings.add(.user, .ok, "The server knows this key as the user `\(user)`.")
            return true
        } catch {
            addFailure(error, &findings)
            return false
        }
    }

    private func addFailure(_ error: MegaraptorError, _ findings: inout HealthFindings) {
        switch error.code {
        case .permissionDenied:
            // The server looks at rights after it has found the user.
            let user = VisibleText.escape(configuration.certificates.user ?? "")
            findings.add(.user, .ok, "The server knows the user `\(user)` of this key.")
            findings.add(.roles, failure: error)
            RightsHealth(isReadOnly: isReadOnly).judge(tools: [], &findings)
        case .deadlineExceeded, .unavailable, .cancelled: findings.add(.user, .unknown, failure: error)
        default: findings.add(.user, failure: error)
        }
    }
}
