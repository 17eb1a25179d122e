// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import MegaraptorErrors

/// What the parts of a deployment are called in the engine.
struct ResourceNames: Sendable, Hashable {
    /// A volume and where it lies in the container.
    struct Volume: Sendable, Hashable {
        let name: String
        let target: String
        /// What it is, in words.
        let purpose: String
        /// Whether it holds what no other place has.
        let holdsEvidence: Bool
    }

    let container: String
    let network: String
    let config: Volume
    let data: Volume
    let logs: Volume
    var volumes: [Volume] { [config, data, logs] }

    init(_ deployment: DeploymentSpecification) throws(MegaraptorError) {
        let id = deployment.id
        let isPlain = id.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
        }
        guard isPlain, (1...64).contains(id.utf8.count), !deployment.labels.isEmpty else {
            throw MegaraptorError(.invalidArgument, "A deployment needs a plain id, and labels to be found by.")
        }
        container = "velociraptor-\(id)"
        network = container
        config = Volume(
            name: "\(container)-config",
            target: "/etc/velociraptor",
            purpose: "the server's configuration, a copy",
            holdsEvidence: false
        )
        data = Volume(
            name: "\(container)-data",
            target: "/var/lib/velociraptor",
            purpose: "the datastore",
            holdsEvidence: true
        )
        logs = Volume(
            name: "\(container)-logs",
            target: "/var/log/velociraptor",
            purpose: "the server's and its audit logs",
            holdsEvidence: true
        )
    }
}

/// Where things lie in the container, and whom they belong to.
enum ContainerPaths {
    /// A user without name or rights, so that no image needs to know it.
    static let user: UInt32 = 10_001
    static let configFile = "server.config.yaml"
    static let config = "/etc/velociraptor/server.config.yaml"
    // Folders in the volumes, because the engine makes the volumes' own folders for root.
    static let datastoreFolder = "datastore"
    static let datastore = "/var/lib/velociraptor/datastore"
    static let logsFolder = "server"
    static let logs = "/var/log/velociraptor/server"
}

/// The deployer's own labels, beside those of the deployment.
enum OwnLabels {
    /// By which name the container's image was asked for.
    static let image = "org.megaraptor.docker.image"
    /// The image before the latest upgrade.
    static let previous = "org.megaraptor.docker.previous-image"
    /// Of what the container was made; see ``ContainerShape/fingerprint``.
    static let shape = "org.megaraptor.docker.shape"
    static let version = "org.megaraptor.docker.program-version"
}
