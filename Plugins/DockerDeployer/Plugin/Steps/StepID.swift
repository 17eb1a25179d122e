// SPDX-License-Identifier: Apache-2.0

import DeployerKit

/// The steps of plans.
enum StepID: String, DeployerStepID {
    case image
    case network
    case volumeConfig = "volume-config"
    case volumeData = "volume-data"
    case volumeLogs = "volume-logs"
    /// Takes away a container of another shape.
    case retire
    case container
    case files
    case start
    case restart
    case ready

    // Of removals.
    case removeContainer = "remove-container"
    case removeNetwork = "remove-network"
    case removeVolumes = "remove-volumes"
    case removeImages = "remove-images"
    case verify
}

/// What a step of a plan carries for its turn.
struct StepDetails: DeployerStepDetails {
    /// The image by its name.
    var image: String?
    var previous: String?
    /// The fingerprint of the container that is to be.
    var shape: String?
    /// When the container was started last, at the time of the plan.
    var startedAt: String?

    private enum CodingKeys: String, CodingKey {
        case image, previous, shape
        case startedAt = "started_at"
    }

    init(image: String? = nil, previous: String? = nil, shape: String? = nil, startedAt: String? = nil) {
        self.image = image
        self.previous = previous
        self.shape = shape
        self.startedAt = startedAt
    }
}
