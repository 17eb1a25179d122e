// SPDX-License-Identifier: Apache-2.0

import MegaraptorErrors
import MegaraptorPluginKit

/// Looks once, when the host starts, for deployments whose time is over, and destroys them.
actor StartupExpiry {
    private let core: DeploymentCore
    private var work: Task<Void, Never>?

    init(core: DeploymentCore) { self.core = core }

    /// Returns at once: a start waits for nobody's engine.
    func begin() {
        guard work == nil else { return }
        work = Task { [core] in
            do throws(MegaraptorError) {
                for verdict in try await Expiry(core: core).destroyDue() {
                    let end = verdict.failure.map { "is still there: \($0)" } ?? "was destroyed."
                    let level: HostServices.LogLevel = verdict.failure == nil ? .warning : .error
                    core.host.log(level, "The deployment \(verdict.id) expired \(verdict.expires) and \(end)")
                }
            } catch {
                core.host.log(.error, "Expired deployments could not be looked for: \(error)")
            }
        }
    }

    func end() async {
        work?.cancel()
        await work?.value
    }
}
