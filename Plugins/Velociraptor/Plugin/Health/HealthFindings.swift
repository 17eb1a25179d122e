// SPDX-License-Identifier: Apache-2.0

internal import MegaraptorErrors
internal import MegaraptorPluginKit

/// What was found so far, a check for each step.
struct HealthFindings: Sendable {
    private var checks: [HealthStep: HealthCheck] = [:]

    mutating func add(_ step: HealthStep, _ status: HealthCheck.Status, _ message: String, fix: String? = nil) {
        checks[step] = HealthCheck(step.rawValue, status, message, fix: fix)
    }

    mutating func add(_ step: HealthStep, _ status: HealthCheck.Status = .broken, failure: MegaraptorError) {
        add(step, status, failure.message, fix: failure.hint.isEmpty ? nil : failure.hint)
    }

    /// Whether something is broken that the rest stands on.
    var isBroken: Bool { checks.values.contains { $0.status == .broken } }

    /// Every step's check in order; a step that was not come to says which earlier one is in its way.
    var complete: [HealthCheck] {
        let blocker = HealthStep.allCases.first { checks[$0]?.status == .broken }
        let reason = blocker?.fault ?? "an earlier question was not answered"
        return HealthStep.allCases.map { step in
            checks[step]
                ?? HealthCheck(step.rawValue, .unknown, "\(step.subject): not checked, because \(reason).")
        }
    }
}
