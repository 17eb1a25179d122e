// SPDX-License-Identifier: Apache-2.0

package import JSONValue

/// A tool without code, as its manifest has it: a query whose parameters are the tool's arguments.
package struct VQLToolDefinition: Sendable, Hashable {
    /// A column of the result.
    package struct Column: Sendable, Hashable {
        package var name: String
        /// The column of the query that it shows.
        package var source: String
        package var description: String?
    }

    /// Arguments that are the runner's own, with the type that each must have. None of them is a variable.
    package static let ownArguments: [(name: String, type: String)] = [
        ("org_id", "string"), ("max_rows", "integer"), ("cursor", "string"), ("timeout_seconds", "integer"),
        ("max_result_bytes", "integer"),
    ]

    package var name: String
    package var query: String
    /// The rights that the key needs on the server, by the server's names.
    package var permissions: [String]
    /// The columns that are shown, in this order; empty for all as they come.
    package var columns: [Column]
    /// The arguments that become variables, each with its schema.
    package var parameters: JSONObject

    /// - Parameter json: the tool's entry in the manifest.
    package init(_ json: JSONValue) {
        let vql = json["run"]?["vql"] ?? [:]
        name = json["name"]?.stringValue ?? ""
        query = vql["query"]?.stringValue ?? ""
        permissions = vql["permissions"]?.arrayValue?.compactMap(\.stringValue) ?? []
        columns = (vql["columns"]?.arrayValue ?? []).map { column in
            let name = column["name"]?.stringValue ?? ""
            return Column(
                name: name,
                source: column["from"]?.stringValue ?? name,
                description: column["description"]?.stringValue
            )
        }
        let own = Set(Self.ownArguments.map(\.name))
        let properties = json["input_schema"]?["properties"]?.objectValue ?? [:]
        parameters = JSONObject(properties.filter { !own.contains($0.key) }.map { ($0.key, $0.value) })
    }

    /// The value of every variable: what was given, else the schema's default, else null.
    package func variables(_ arguments: JSONValue) -> JSONObject {
        JSONObject(parameters.map { ($0.key, arguments[$0.key] ?? $0.value["default"] ?? .null) })
    }
}
