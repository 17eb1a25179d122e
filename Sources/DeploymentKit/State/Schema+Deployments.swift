// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
public import MegaraptorPluginKit

extension Schema {
    /// How tools take a deployment.
    public static var deploymentID: Schema {
        .string(pattern: DeploymentID.pattern).described("From list_deployments.").examples("vr-0123456789ab")
    }

    /// A word by which somebody knows again what belongs together.
    public static var tag: Schema { .string(pattern: "^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$") }

    public static var tags: Schema { .array(of: tag).with("maxItems", 32).described("Words to know it again by.") }
}
