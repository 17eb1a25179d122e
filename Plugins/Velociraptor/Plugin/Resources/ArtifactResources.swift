// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorPluginKit

extension VelociraptorPlugin {
    var artifactList: Resource {
        .velociraptor(
            "artifacts",
            name: "artifacts",
            title: "Artifacts",
            description: """
                All artifacts of the server by the first part of their names. find_artifact finds the right one for a \
                question.
                """
        ) { context in
            let artifacts = try await ArtifactIndex(client: client, timeout: context.within(.seconds(30)))()
            return Self.categories(of: artifacts)
        }
    }

    var artifactDetails: ResourceTemplate {
        .velociraptor(
            "artifacts/{artifact_name}",
            name: "artifact",
            title: "Artifact",
            description: "One artifact with its parameters, sources and VQL."
        ) { values, context in
            let report = try await GetArtifact(client: client)(
                GetArtifact.Request(
                    name: try values.identifier(.artifact),
                    includesVQL: true,
                    timeout: context.within(.seconds(30))
                )
            )
            return ["type": "artifact_detail", "artifact": .object(report.whole)]
        }
    }

    /// How much of an artifact's description the list shows, in characters.
    private static let described = 100

    private static func categories(of artifacts: [ArtifactSummary]) -> JSONObject {
        var categories: [String: [JSONValue]] = [:]
        for artifact in artifacts {
            let category = artifact.name.prefix { $0 != "." }
            categories[String(category), default: []].append([
                "name": .string(artifact.name), "type": .string(artifact.type),
                "description": .string(artifact.firstSentence(limit: described)),
            ])
        }
        var object: JSONObject = [:]
        for (name, members) in categories.sorted(by: { $0.key < $1.key }) { object[name] = .array(members) }
        return [
            "type": "artifact_list", "total_count": JSONValue(artifacts.count), "categories": .object(object),
            "complete": true,
        ]
    }
}
