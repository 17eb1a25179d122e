// SPDX-License-Identifier: Apache-2.0

import GRPCTransport
import JSONValue
import VelociraptorAPI

@testable import VelociraptorPlugin

/// Answers a scripted server gives to what collections ask.
struct CollectionServer: Sendable {
    static let clientID = FlowWatchTests.clientID
    static let flowID = FlowWatchTests.flowID

    var system = "linux"
    /// When the client was last seen, in microseconds before the server's clock.
    var silence: UInt64 = 60_000_000
    var artifacts: [JSONValue] = []
    /// What `collect_client()` returns; the request as it came if nothing else is said.
    var collection: JSONValue?
    /// What is logged beside it.
    var collectionLog: String?
    var flows = Answers([FlowWatchTests.row("RUNNING", start: 0)])

    static func artifact(
        _ name: String,
        type: String = "client",
        parameters: [String] = [],
        precondition: String = "",
        sources: [String] = [""]
    ) -> JSONValue {
        [
            "name": .string(name), "type": .string(type), "precondition": .string(precondition), "tools": [],
            "parameters": .array(parameters.map { ["name": .string($0), "type": "", "default": ""] }),
            "sources": .array(sources.map { ["name": "", "precondition": .string($0)] }),
        ]
    }

    @Sendable func answer(_ query: ScriptedServer.Query, _ number: Int) async throws -> GRPCStatus {
        let text = query.arguments.query[0].vql
        func value(_ name: String) -> String { query.arguments.env.first { $0.key == name }?.value ?? "" }
        if text.contains("client_info(") {
            try await query.rows(JSONValue.array([client]).json())
        } else if text.contains("artifact_definitions()") {
            try await query.rows(JSONValue.array(artifacts.map { ["name": $0["name"] ?? .null] }).json())
        } else if text.contains("artifact_definitions(") {
            let names = try JSONValue(json: value("Names")).arrayValue ?? []
            for name in names where !artifacts.contains(where: { $0["name"] == name }) {
                try await query.log("artifact_definitions: artifact \(name.stringValue ?? "") not known")
            }
            let found = artifacts.filter { names.contains($0["name"] ?? .null) }
            try await query.rows(JSONValue.array(found).json())
        } else if text.contains("collect_client(") {
            if let collectionLog { try await query.log(collectionLog) }
            let made = try collection ?? echo(value)
            try await query.rows(JSONValue.array([["collection": made]]).json())
        } else {
            try await query.rows(JSONValue.array([flows.next()]).json())
        }
        return .ok
    }

    private var client: JSONValue {
        [
            "info": [
                "client_id": .string(Self.clientID), "os_info": ["system": .string(system), "hostname": "ws-1"],
                "last_seen_at": JSONValue(ScriptedServer.time - silence),
            ],
            "metadata": [:],
        ]
    }

    private func echo(_ value: (String) -> String) throws -> JSONValue {
        let spec = try JSONValue(json: value("Spec")).objectValue ?? [:]
        let specs = spec.map { artifact, parameters -> JSONValue in
            let pairs = (parameters.objectValue ?? [:]).map {
                ["key": .string($0.key), "value": $0.value] as JSONValue
            }
            return ["artifact": .string(artifact), "parameters": ["env": .array(pairs)]]
        }
        return [
            "flow_id": .string(Self.flowID),
            "request": [
                "artifacts": try JSONValue(json: value("ArtifactNames")), "specs": .array(specs), "timeout": 600,
            ],
        ]
    }
}
