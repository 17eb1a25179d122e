// SPDX-License-Identifier: Apache-2.0

import DeployerKit

/// What can be planned: the deployers' operations, and taking a deployment away.
enum PlannedOperation: String, Codable, Sendable, CaseIterable {
    case create, update, restart, upgrade, rollback, destroy

    /// The deployers' word for it; `nil` for taking away, which has messages of its own.
    var deployerOperation: DeploymentOperation? { DeploymentOperation(rawValue: rawValue) }
}
