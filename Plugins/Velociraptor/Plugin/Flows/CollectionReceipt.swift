// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors

/// What the server made of a request for a collection.
struct CollectionReceipt: Sendable, Hashable {
    let flowID: String
    /// The request as the server keeps it.
    let request: JSONValue

    /// - Parameter collection: what `collect_client()` returned.
    init(_ collection: JSONValue?) throws(MegaraptorError) {
        guard let flowID = collection?["flow_id"]?.stringValue, !flowID.isEmpty else {
            throw MegaraptorError(
                .internal,
                "The server started no collection and gave no reason.",
                hint: "list_flows shows whether there is one."
            )
        }
        self.flowID = flowID
        request = collection?["request"] ?? [:]
    }

    /// The parameters that arrived, `{artifact: {name: text}}`.
    var parameters: JSONObject {
        var parameters: JSONObject = [:]
        for specification in request["specs"]?.arrayValue ?? [] {
            var values: JSONObject = [:]
            for pair in specification["parameters"]?["env"]?.arrayValue ?? [] {
                guard let key = pair["key"]?.stringValue else { continue }
                values[key] = pair["value"] ?? .null
            }
            guard let artifact = specification["artifact"]?.stringValue, !values.isEmpty else { continue }
            parameters[artifact] = .object(values)
        }
        return parameters
    }

    /// The parameters that the server kept otherwise than they were sent: it reads some types and writes them anew.
    ///
    /// - Throws: `failed_precondition` for parameters and artifacts that did not arrive. The collection runs all the
    ///   same.
    func compare(with plan: CollectionPlan) throws(MegaraptorError) -> [String] {
        let arrived = parameters
        var lost: [String] = []
        var changed: [String] = []
        for (artifact, values) in plan.parameters.specification {
            for (name, value) in values.objectValue ?? [:] {
                switch arrived[artifact]?[name] {
                case nil: lost.append("\(name) of \(artifact)")
                case value: break
                default: changed.append("The server keeps \(name) of \(artifact) in its own form: see parameters.")
                }
            }
        }
        let kept = (request["artifacts"]?.arrayValue ?? []).compactMap(\.stringValue)
        lost += plan.definitions.map(\.name).filter { !kept.contains($0) }
        guard lost.isEmpty else { throw error(lost, plan.request) }
        return changed
    }

    private func error(_ lost: [String], _ request: CollectionRequest) -> MegaraptorError {
        MegaraptorError(
            .failedPrecondition,
            "Flow \(flowID) was started without what was asked for: \(lost.joined(separator: ", ")) did not arrive.",
            hint: "It runs with other parameters. cancel_flow ends it; do not take its rows for the answer.",
            details: ["client_id": .string(request.clientID), "flow_id": .string(flowID)]
        )
    }

    /// The limits and options, as the server keeps them.
    var options: JSONObject {
        var options: JSONObject = [:]
        for name in ["creator", "urgent", "timeout", "cpu_limit", "max_rows", "max_upload_bytes"] {
            options[name] = request[name] ?? .null
        }
        return options
    }
}
