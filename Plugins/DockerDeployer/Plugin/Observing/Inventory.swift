// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import JSONValue
import MegaraptorErrors

/// What the engine has of a deployment now.
struct Inventory: Sendable {
    let names: ResourceNames
    /// What the engine tells of the container; `nil` where there is none of ours.
    private(set) var container: JSONValue?
    private(set) var network: JSONValue?
    private(set) var volumes: [String] = []
    /// The names of images that were built for this deployment.
    private(set) var images: [(id: String, tags: [String])] = []
    /// What has a name that is needed and does not carry the labels: `container velociraptor-vr-…`.
    private(set) var foreign: [String] = []

    init(_ engine: Engine, _ deployment: DeploymentSpecification, _ names: ResourceNames) async throws(MegaraptorError)
    {
        self.names = names
        let labels = deployment.labels
        if let found = try await engine.look("/containers/\(names.container)/json") {
            if Self.carries(found["Config"]?["Labels"], labels) {
                container = found
            } else {
                foreign.append("container \(names.container)")
            }
        }
        if let found = try await engine.look("/networks/\(names.network)") {
            if Self.carries(found["Labels"], labels) {
                network = found
            } else {
                foreign.append("network \(names.network)")
            }
        }
        for volume in names.volumes {
            guard let found = try await engine.look("/volumes/\(volume.name)") else { continue }
            if Self.carries(found["Labels"], labels) {
                volumes.append(volume.name)
            } else {
                foreign.append("volume \(volume.name)")
            }
        }
        guard let label = labels.min(by: { $0.key < $1.key }) else { return }
        let list = try await engine.images(labelled: label.key, label.value)
        images = list.filter { Self.carries($0["Labels"], labels) }.compactMap { image in
            guard let id = image["Id"]?.stringValue else { return nil }
            return (id, (image["RepoTags"]?.arrayValue ?? []).compactMap(\.stringValue))
        }
    }

    /// Whether something is ours: it carries every label of the deployment.
    static func carries(_ found: JSONValue?, _ labels: [String: String]) -> Bool {
        labels.allSatisfy { found?[$0.key]?.stringValue == $0.value }
    }

    /// - Throws: `conflict` where somebody else has one of the names.
    func requireOwn() throws(MegaraptorError) {
        guard let first = foreign.first else { return }
        throw MegaraptorError(
            .conflict,
            "The engine has a \(first) that this deployment did not make. It stays untouched.",
            hint: "Rename or remove it by hand if it is not needed."
        )
    }

    // MARK: - The container

    var containerID: String? { container?["Id"]?.stringValue }
    var isRunning: Bool { container?["State"]?["Running"]?.boolValue == true }
    var startedAt: String? { container?["State"]?["StartedAt"]?.stringValue }

    func label(_ name: String) -> String? { container?["Config"]?["Labels"]?[name]?.stringValue }
    /// The image by the name that it was asked for.
    var image: String? { label(OwnLabels.image) }
    var previousImage: String? { label(OwnLabels.previous) }
    var shape: String? { label(OwnLabels.shape) }

    // MARK: - For the core

    var isEmpty: Bool { container == nil && network == nil && volumes.isEmpty && images.isEmpty }

    /// Nothing that is not in the engine too: it only says where to look.
    var state: JSONValue {
        var state: JSONObject = ["format": 1]
        if let containerID { state["container"] = .string(containerID) }
        if let image { state["image"] = .string(image) }
        if let previousImage { state["previous_image"] = .string(previousImage) }
        return .object(state)
    }

    var resources: [DeployedResource] {
        var resources: [DeployedResource] = []
        if let containerID {
            resources.append(DeployedResource(kind: "container", id: containerID, name: names.container, exists: true))
        }
        if let network {
            let id = network["Id"]?.stringValue ?? names.network
            resources.append(DeployedResource(kind: "network", id: id, name: names.network, exists: true))
        }
        for volume in names.volumes where volumes.contains(volume.name) {
            resources.append(
                DeployedResource(
                    kind: "volume",
                    id: volume.name,
                    name: volume.name,
                    exists: true,
                    holdsData: volume.holdsEvidence
                )
            )
        }
        for image in images {
            let name = image.tags.first ?? image.id
            resources.append(DeployedResource(kind: "image", id: image.id, name: name, exists: true))
        }
        return resources
    }
}
