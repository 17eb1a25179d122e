// SPDX-License-Identifier: Apache-2.0

public import DeployerKit

/// A size that a cloud offers, with what it costs about.
public struct MachineSize: Sendable, Hashable {
    public enum Architecture: String, Sendable, Codable, CaseIterable {
        case amd64, arm64
    }

    public let name: String
    public let vcpus: Int
    public let memoryMB: Int
    public let architecture: Architecture
    /// A list price of the provider's cheapest large region, rounded: good for a class of cost and no more.
    public let monthlyUSD: Int

    public init(_ name: String, _ vcpus: Int, memoryMB: Int, _ architecture: Architecture, monthlyUSD: Int) {
        self.name = name
        self.vcpus = vcpus
        self.memoryMB = memoryMB
        self.architecture = architecture
        self.monthlyUSD = monthlyUSD
    }

    /// The cheapest that holds a server of these limits and leaves a quarter of memory to the system.
    public static func smallest(
        of table: [MachineSize],
        for limits: DeploymentSpecification.Limits,
        _ architecture: Architecture
    ) -> MachineSize? {
        table.filter {
            $0.architecture == architecture && Double($0.vcpus) >= limits.cpus
                && $0.memoryMB * 3 >= limits.memoryMB * 4
        }
        .min { $0.monthlyUSD < $1.monthlyUSD }
    }
}
