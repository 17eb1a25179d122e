// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import JSONValue

/// What a deployment's things are called in Azure, and what they are marked with.
struct AzureNames: Sendable {
    /// Of the group, the deployment, the machine and most of what is beside it.
    let name: String
    /// The deployment's labels: Azure forbids some characters in the names of tags.
    let tags: JSONObject

    init(_ deployment: DeploymentSpecification) {
        name = "velociraptor-\(deployment.id)"
        tags = JSONObject(
            deployment.labels.sorted { $0.key < $1.key }.map { key, value in
                (String(key.map { "<>%&\\?/".contains($0) ? "_" : $0 }), .string(String(value.prefix(256))))
            }
        )
    }

    /// Whether something is ours: it carries every label. Azure does not tell names of tags apart by case.
    func carry(_ found: JSONValue?) -> Bool {
        guard !tags.isEmpty, let found = found?.objectValue else { return false }
        return tags.allSatisfy { wanted in
            found.contains { $0.key.lowercased() == wanted.key.lowercased() && $0.value == wanted.value }
        }
    }
}
