// SPDX-License-Identifier: Apache-2.0

import JSONValue
import LinuxServer
import Machines
import MegaraptorErrors

extension StepRunner {
    func start() async throws(MegaraptorError) -> String {
        _ = try await site.ownMarker()
        if try await site.facts().isActive { return "\(layout.unitName) runs." }
        let script = Script("systemctl start \(layout.unitName)", timeLimit: .seconds(120))
        let result = try await site.attempt(script)
        if result.isSuccess { return "\(layout.unitName) was started." }
        throw try await Readiness(site: site).failure("systemd does not start it: \(result.complaint)")
    }

    func awaitReady() async throws(MegaraptorError) -> String {
        _ = try await site.ownMarker()
        return try await Readiness(site: site).wait()
    }

    /// Starts the server anew, unless that has happened since the plan was made.
    func restart(_ details: JSONValue) async throws(MegaraptorError) -> String {
        _ = try await site.ownMarker()
        let facts = try await site.facts()
        if facts.isActive, let before = details["entered"]?.stringValue, let now = facts.entered, now != before {
            return "\(layout.unitName) was started anew since."
        }
        let script = Script(site.restartScript, timeLimit: .seconds(120))
        let result = try await site.attempt(script)
        if result.isSuccess { return "\(layout.unitName) was started anew." }
        throw try await Readiness(site: site).failure("systemd does not start it: \(result.complaint)")
    }
}
