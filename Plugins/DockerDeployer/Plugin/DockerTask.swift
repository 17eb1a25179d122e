// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import JSONValue
import MegaraptorErrors

/// One question to the deployer: a deployment, and the engine that has it.
struct DockerTask: Sendable {
    let engine: Engine
    let deployment: DeploymentSpecification
    let options: DockerOptions
    let names: ResourceNames

    func inventory() async throws(MegaraptorError) -> Inventory {
        try await Inventory(engine, deployment, names)
    }

    func shape(image: String, previous: String? = nil) -> ContainerShape {
        ContainerShape(
            deployment: deployment,
            options: options,
            names: names,
            image: image,
            previousImage: previous
        )
    }

    var readiness: Readiness {
        Readiness(engine: engine, deployment: deployment, options: options, names: names)
    }
}
