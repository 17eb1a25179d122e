// SPDX-License-Identifier: Apache-2.0

public import DeployerKit

extension ServerShape {
    /// What can be seen without asking the cloud.
    public var problems: [DeploymentProblem] {
        let name = deployment.hostname.lowercased()
        var problems: [DeploymentProblem] = []
        if name == "localhost" || name.hasSuffix(".localhost") || name == "::1" || name.hasPrefix("127.")
            || name == "0.0.0.0"
        {
            problems.append(
                DeploymentProblem(
                    .error,
                    field: "server_hostname",
                    "The name \(deployment.hostname) means each agent's own machine, and it is written into every agent.",
                    hint: "Give a name that will be pointed at the server, or let dns_zone make its record."
                )
            )
        }
        if options.dnsZone != nil, IPAddress.bytes(name) != nil {
            problems.append(
                DeploymentProblem(
                    .error,
                    field: "dns_zone",
                    "server_hostname is an address, for which there is no record.",
                    hint: "Give a name in the zone, or leave dns_zone out."
                )
            )
        }
        return problems
    }
}
