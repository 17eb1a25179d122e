// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import DeploymentKit
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit

/// What is to be said of the deployments when somebody looks for a fault. Asks no server: that is `validate_deployment`.
struct DeploymentHealth: Sendable {
    let core: DeploymentCore
    let context: CallContext

    func callAsFunction() async throws(MegaraptorError) -> [HealthCheck] {
        var checks: [HealthCheck] = []
        for info in try await core.deployers() { checks.append(try await deployer(info)) }
        if checks.isEmpty {
            checks.append(
                HealthCheck(
                    "deploy.deployers",
                    .warning,
                    "No deployer is installed, so nothing can be deployed.",
                    fix: "Install or enable a plugin that provides \(deployInterface)."
                )
            )
        }
        let store = try await core.store()
        let (records, faults) = try store.all()
        checks += faults.map { HealthCheck("deploy.record", .broken, $0.message, fix: $0.hint) }
        for record in records where record.phase != .destroyed { checks += try self.checks(record, store) }
        let alive = records.count { $0.phase != .destroyed }
        checks.append(HealthCheck("deploy.deployments", .ok, "\(alive) deployments are known in \(store.root)."))
        return checks
    }

    private func deployer(_ info: ProviderInfo) async throws(MegaraptorError) -> HealthCheck {
        let name = "deploy.deployer.\(info.name)"
        do throws(MegaraptorError) {
            let usability = try await core.deployer(info.name, for: context).usable([:])
            let facts = usability.facts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(
                separator: ", "
            )
            guard usability.usable else {
                // Nobody needs every deployer.
                return HealthCheck(
                    name,
                    .ok,
                    "\(info.name) cannot be used here: \(usability.reasons.joined(separator: " "))"
                )
            }
            return HealthCheck(name, .ok, "\(info.name) can be used\(facts.isEmpty ? "" : " (\(facts))").")
        } catch {
            guard error.code != .cancelled else { throw error }
            return HealthCheck(name, .broken, "\(info.name) could not be asked: \(error.message)", fix: error.hint)
        }
    }

    private func checks(
        _ record: DeploymentRecord,
        _ store: DeploymentStore
    ) throws(MegaraptorError) -> [HealthCheck] {
        let id = try DeploymentID(record.id)
        var checks: [HealthCheck] = []
        let report = DeploymentReport(record: record, folder: store.folder(id))
        if record.isExpired(.now) {
            let text = "\(id) expired on \(record.expires ?? "") and is still there."
            checks.append(HealthCheck("deploy.expired", .warning, text, fix: "megaraptor-mcp deployments expire"))
        }
        if let owner = try store.lockOwner(id), owner.isGone {
            let text = "\(id) is locked by \(owner.words), and that process is gone."
            checks.append(
                HealthCheck("deploy.lock", .warning, text, fix: "megaraptor-mcp deployments recover \(id)")
            )
        } else if record.phase == .failed {
            let text =
                "\(record.operation?.kind ?? "An operation") of \(id) failed: \(record.operation?.failure?.message ?? "")"
            checks.append(
                HealthCheck("deploy.failed", .warning, text, fix: "megaraptor-mcp deployments recover \(id)")
            )
        }
        guard record.phase == .active else { return checks }
        let pki = try DeploymentPKI(folder: report.folder.pki)
        for expiry in pki.expiries(at: Moment.now.unixSeconds) where expiry.status != .ok {
            let status: HealthCheck.Status = expiry.status == .failed ? .broken : .warning
            let text = "\(id), \(expiry.name): \(expiry.check.message)"
            checks.append(HealthCheck("deploy.certificate", status, text, fix: "rotate_certificates renews it."))
        }
        return checks
    }
}
