// SPDX-License-Identifier: Apache-2.0

import AzureClient
import CloudServer
import DeployerKit
import JSONValue
import MegaraptorErrors

/// Whether the data disk that is there can become what the options say.
struct DiskGrowth: Sendable {
    /// The greatest size, in GiB, beyond which Azure grows no disk that a machine has.
    private static let bound: Int64 = 4095

    let inventory: Inventory

    init(_ inventory: Inventory) { self.inventory = inventory }

    func problem(_ template: DeploymentTemplate) async throws(MegaraptorError) -> DeploymentProblem? {
        let type = "Microsoft.Compute/disks"
        let wanted = Int64(template.shape.diskGB)
        guard let item = inventory.ours.first(where: { $0.type.lowercased() == type.lowercased() && $0.holdsData }),
            let found = try await inventory.task.client.find(item.id, APIVersions.of(type) ?? ""),
            let size = found["properties"]?["diskSizeGB"]?.integerValue
        else { return nil }
        if wanted < size {
            return DeploymentProblem(
                .error,
                field: "disk_gb",
                "The data disk has \(size) GB, and Azure makes no disk smaller.",
                hint: "Give disk_gb as \(size) or more."
            )
        }
        guard size <= Self.bound, wanted > Self.bound, inventory.machine != nil else { return nil }
        return DeploymentProblem(
            .error,
            field: "disk_gb",
            "The data disk has \(size) GB, and Azure does not grow it beyond \(Self.bound) while a machine has it.",
            hint:
                "Give at most \(Self.bound), or deallocate the machine, detach the disk, grow it with \"az disk update"
                + " --size-gb \(wanted)\", and attach it again."
        )
    }
}
