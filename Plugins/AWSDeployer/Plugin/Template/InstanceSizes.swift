// SPDX-License-Identifier: Apache-2.0

import CloudServer

extension StackTemplate {
    /// What is chosen from where no `instance_type` is given: on-demand prices of us-east-1.
    static let sizes: [MachineSize] = [
        MachineSize("t3.small", 2, memoryMB: 2048, .amd64, monthlyUSD: 15),
        MachineSize("t3.medium", 2, memoryMB: 4096, .amd64, monthlyUSD: 30),
        MachineSize("m6i.large", 2, memoryMB: 8192, .amd64, monthlyUSD: 70),
        MachineSize("m6i.xlarge", 4, memoryMB: 16_384, .amd64, monthlyUSD: 140),
        MachineSize("m6i.2xlarge", 8, memoryMB: 32_768, .amd64, monthlyUSD: 280),
        MachineSize("m6i.4xlarge", 16, memoryMB: 65_536, .amd64, monthlyUSD: 561),
        MachineSize("m6i.8xlarge", 32, memoryMB: 131_072, .amd64, monthlyUSD: 1121),
        MachineSize("t4g.small", 2, memoryMB: 2048, .arm64, monthlyUSD: 12),
        MachineSize("t4g.medium", 2, memoryMB: 4096, .arm64, monthlyUSD: 25),
        MachineSize("m6g.large", 2, memoryMB: 8192, .arm64, monthlyUSD: 56),
        MachineSize("m6g.xlarge", 4, memoryMB: 16_384, .arm64, monthlyUSD: 112),
        MachineSize("m6g.2xlarge", 8, memoryMB: 32_768, .arm64, monthlyUSD: 225),
        MachineSize("m6g.4xlarge", 16, memoryMB: 65_536, .arm64, monthlyUSD: 450),
        MachineSize("m6g.8xlarge", 32, memoryMB: 131_072, .arm64, monthlyUSD: 899),
    ]

    /// By the names' rule: a `g` after the generation's digit, as in `m7g` and `c7gn`, is Graviton; so is all of `a1`.
    static func architecture(of instanceType: String) -> MachineSize.Architecture {
        let family = instanceType.prefix { $0 != "." }
        let generation = family.drop { !$0.isNumber }
        let letters = generation.drop { $0.isNumber }.prefix { $0 != "-" }
        return family == "a1" || letters.contains("g") ? .arm64 : .amd64
    }
}
