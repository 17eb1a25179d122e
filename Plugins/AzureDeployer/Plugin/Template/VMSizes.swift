// SPDX-License-Identifier: Apache-2.0

import CloudServer

extension DeploymentTemplate {
    /// What is chosen from where no `instance_type` is given: pay-as-you-go prices of East US.
    static let sizes: [MachineSize] = [
        MachineSize("Standard_B1ms", 1, memoryMB: 2048, .amd64, monthlyUSD: 15),
        MachineSize("Standard_B2s", 2, memoryMB: 4096, .amd64, monthlyUSD: 30),
        MachineSize("Standard_D2s_v5", 2, memoryMB: 8192, .amd64, monthlyUSD: 70),
        MachineSize("Standard_D4s_v5", 4, memoryMB: 16_384, .amd64, monthlyUSD: 140),
        MachineSize("Standard_D8s_v5", 8, memoryMB: 32_768, .amd64, monthlyUSD: 280),
        MachineSize("Standard_D16s_v5", 16, memoryMB: 65_536, .amd64, monthlyUSD: 561),
        MachineSize("Standard_D32s_v5", 32, memoryMB: 131_072, .amd64, monthlyUSD: 1121),
        MachineSize("Standard_D2pls_v5", 2, memoryMB: 4096, .arm64, monthlyUSD: 50),
        MachineSize("Standard_D2ps_v5", 2, memoryMB: 8192, .arm64, monthlyUSD: 56),
        MachineSize("Standard_D4ps_v5", 4, memoryMB: 16_384, .arm64, monthlyUSD: 112),
        MachineSize("Standard_D8ps_v5", 8, memoryMB: 32_768, .arm64, monthlyUSD: 225),
        MachineSize("Standard_D16ps_v5", 16, memoryMB: 65_536, .arm64, monthlyUSD: 450),
        MachineSize("Standard_D32ps_v5", 32, memoryMB: 131_072, .arm64, monthlyUSD: 899),
    ]

    /// By the names' rule: a `p` among the letters after the number of CPUs, as in `Standard_D4ps_v5`, is Arm.
    static func architecture(of size: String) -> MachineSize.Architecture {
        let parts = size.split(separator: "_")
        guard parts.count > 1 else { return .amd64 }
        let features = parts[1].drop { !$0.isNumber }.drop { $0.isNumber || $0 == "-" }
        return features.contains("p") ? .arm64 : .amd64
    }
}
