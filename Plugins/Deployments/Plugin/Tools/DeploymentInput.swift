// SPDX-License-Identifier: Apache-2.0

import DeploymentKit
import MegaraptorPluginKit

/// What tools take that only need to know which deployment is meant.
struct DeploymentInput: ToolInput {
    var deploymentID: String

    private enum CodingKeys: String, CodingKey { case deploymentID = "deployment_id" }

    static let schema = Schema.object(.required("deployment_id", .deploymentID))
}
