// SPDX-License-Identifier: Apache-2.0

import AzureClient
import JSONValue
import MegaraptorErrors

/// A deployment as Resource Manager has it.
struct DeploymentRecord: Sendable {
    /// The tag that tells what was deployed: see ``DeploymentContent``.
    static let contentTag = "org.megaraptor.content"

    let json: JSONValue

    private var properties: JSONValue { json["properties"] ?? [:] }

    var id: String { json["id"]?.stringValue ?? "" }
    /// `Running`, `Succeeded`, `Failed`, `Canceled` and their like.
    var state: String { properties["provisioningState"]?.stringValue ?? "" }
    /// Each PUT gets another.
    var correlation: String { properties["correlationId"]?.stringValue ?? "" }
    var timestamp: String? { properties["timestamp"]?.stringValue }
    var tags: JSONObject { json["tags"]?.objectValue ?? [:] }
    var content: String? { tags[Self.contentTag]?.stringValue }
    var isActive: Bool { !["Succeeded", "Failed", "Canceled"].contains(state) }
    var hasSucceeded: Bool { state == "Succeeded" }

    /// The value of a parameter that is no secret.
    func value(_ name: String) -> JSONValue? { properties["parameters"]?[name]?["value"] }
    func parameter(_ name: String) -> String? { value(name)?.stringValue }

    var outputs: JSONObject {
        JSONObject(
            (properties["outputs"]?.objectValue ?? [:]).compactMap { output in
                output.value["value"].map { (output.key, $0) }
            }
        )
    }

    /// The ids of all that it made, also of what carries no tags.
    var madeIDs: [String] { (properties["outputResources"]?.arrayValue ?? []).compactMap { $0["id"]?.stringValue } }

    var formerProgram: Program? { Program(tags: tags) }

    /// Why it failed.
    ///
    /// - Parameter operations: those of the deployment; the first that failed has the reason.
    func failure(_ operations: [JSONValue]) -> MegaraptorError {
        let failed = operations.first { $0["properties"]?["provisioningState"] == "Failed" }?["properties"]
        let target = failed?["targetResource"]
        let place = [target?["resourceType"]?.stringValue, target?["resourceName"]?.stringValue]
            .compactMap(\.self).joined(separator: " ")
        let reason = failed?["statusMessage"]?["error"] ?? properties["error"] ?? [:]
        let ids: JSONObject = ["correlation_id": .string(correlation)]
        return ARMFault(reason, place: place.isEmpty ? "the deployment" : place, ids: ids).error
    }
}
