// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorPluginKit

extension ConformancePlugin {
    var resources: [Resource] {
        [
            Self.text(
                "test://static-text",
                "Static Text Resource",
                "A static text resource for testing",
                "This is the content of the static text resource."
            ),
            Resource(
                "test://static-binary",
                name: "Static Binary Resource",
                description: "A static binary resource (image) for testing",
                mimeType: "image/png"
            ) { uri, _ in [ResourceContents(uri: uri, base64: Samples.png, mimeType: "image/png")] },
            Self.text(
                "test://watched-resource",
                "Watched Resource",
                "A resource that can be subscribed to",
                "Watched resource content"
            ),
        ]
    }

    var resourceTemplates: [ResourceTemplate] {
        [
            ResourceTemplate(
                "test://template/{id}/data",
                name: "Resource Template",
                description: "A resource template with parameter substitution",
                mimeType: "application/json"
            ) { uri, places, _ in
                let id = places["id"] ?? ""
                let data: JSONValue = [
                    "id": .string(id), "templateTest": true, "data": .string("Data for ID: \(id)"),
                ]
                return [ResourceContents(uri: uri, text: data.json(), mimeType: "application/json")]
            }
        ]
    }

    private static func text(_ uri: String, _ name: String, _ description: String, _ text: String) -> Resource {
        Resource(uri, name: name, description: description, mimeType: "text/plain") { uri, _ in
            [ResourceContents(uri: uri, text: text, mimeType: "text/plain")]
        }
    }
}
