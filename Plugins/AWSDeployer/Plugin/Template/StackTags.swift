// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import JSONValue

/// The tags of everything that belongs to a deployment.
struct StackTags: Sendable {
    /// Sorted by key.
    let all: [(key: String, value: String)]

    init(_ deployment: DeploymentSpecification) {
        all = deployment.labels.map { (Self.taken($0.key, 128), Self.taken($0.value, 256)) }.sorted { $0.0 < $1.0 }
    }

    /// All services take letters, digits, spaces and these; the rest becomes `_`.
    private static func taken(_ text: String, _ limit: Int) -> String {
        String(
            text.unicodeScalars.prefix(limit).map { scalar -> Character in
                let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
                return isPlain || " _.:/=+-@".unicodeScalars.contains(scalar) ? Character(scalar) : "_"
            }
        )
    }

    /// With a name for the console.
    func list(_ name: String? = nil) -> JSONValue {
        let named = name.map { [(key: "Name", value: $0)] } ?? []
        return .array((named + all).map { ["Key": .string($0.key), "Value": .string($0.value)] })
    }

    func propagated(_ name: String) -> JSONValue {
        .array(
            ([(key: "Name", value: name)] + all).map {
                ["Key": .string($0.key), "Value": .string($0.value), "PropagateAtLaunch": true]
            }
        )
    }

    /// For the types that take a map.
    var map: JSONValue { .object(JSONObject(all.map { ($0.key, .string($0.value)) })) }

    /// The tag by which things are found, and rights bounded to them. It alone says whose something is: the others tell of
    /// the deployment, and may change with it.
    var own: (key: String, value: String) {
        all.first { $0.key == "org.megaraptor.deployment" } ?? all.first ?? (key: "Name", value: "")
    }

    /// Whether what carries these tags belongs to the deployment.
    func own(_ tags: [String: String]) -> Bool { tags[own.key] == own.value }
}
