// SPDX-License-Identifier: Apache-2.0

import MegaraptorPluginKit

@testable import VelociraptorPlugin

/// Checks by their step, for tests.
struct Health: CustomStringConvertible {
    let checks: [HealthCheck]

    init(_ checks: [HealthCheck]) {
        self.checks = checks
    }

    init(_ findings: HealthFindings) {
        checks = findings.complete
    }

    private func check(_ step: HealthStep) -> HealthCheck? { checks.first { $0.id == step.rawValue } }

    func status(_ step: HealthStep) -> HealthCheck.Status? { check(step)?.status }
    func message(_ step: HealthStep) -> String { check(step)?.message ?? "" }
    func fix(_ step: HealthStep) -> String? { check(step)?.fix }

    var description: String {
        checks.map { "\($0.id) \($0.status): \($0.message) \($0.fix ?? "")" }.joined(separator: "\n")
    }
}
