// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
public import MegaraptorPluginKit

extension Schema {
    /// How tools take a deployment.
    public static var deploymentID: Schema {
        .string(pattern: DeploymentID.pattern).described("From list_deployments.").examples("vr-0123456789ab")
    }
}
