// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors
internal import MegaraptorPluginKit

/// What is told of one artifact, as much of its texts as fits.
struct ArtifactReport: Sendable {
    /// What `artifact_definitions()` says.
    let row: JSONValue
    var includesVQL = false
    var organization: String?

    /// How many characters of the long texts are shown; the first that fits is taken.
    private struct Detail {
        var description: Int
        var parameter: Int
        var vql: Int

        static let levels = [
            Detail(description: .max, parameter: 500, vql: .max),
            Detail(description: 4000, parameter: 200, vql: 8000),
            Detail(description: 1000, parameter: 100, vql: 2000),
            Detail(description: 400, parameter: 40, vql: 400),
            Detail(description: 200, parameter: 0, vql: 80),
        ]
    }

    /// For the words around the report.
    private static let reserve = 200

    func toolResult(_ budget: ResultBudget) throws(MegaraptorError) -> ToolResult {
        for detail in Detail.levels {
            let object = structure(detail)
            let text = heading + "\n" + VisibleText.escape(JSONValue.object(object).json())
            if text.utf8.count + Self.reserve <= budget.bytes { return .escaped(text: text, structured: object) }
        }
        throw MegaraptorError(
            .resourceExhausted,
            "What is known of \(name) does not fit into \(budget.bytes) bytes.",
            hint: "Allow more with max_result_bytes, or leave include_vql out."
        )
    }

    /// All that is known, in full.
    var whole: JSONObject { structure(Detail(description: .max, parameter: .max, vql: .max)) }

    private var name: String { row["name"]?.stringValue ?? "" }

    private var heading: String {
        let results = resultNames.map { "`\($0)`" }.joined(separator: ", ")
        return VisibleText.escape(
            """
            Artifact \(name) of organisation \(organization ?? "root"). Its results are read as \
            \(results.isEmpty ? "none: it has no sources" : results).
            """
        )
    }

    private var sources: [JSONValue] { row["sources"]?.arrayValue ?? [] }

    /// How results are addressed: a source with a name stands behind a slash.
    private var resultNames: [String] {
        sources.map { source in
            let sourceName = source["name"]?.stringValue ?? ""
            return sourceName.isEmpty ? name : "\(name)/\(sourceName)"
        }
    }

    private func structure(_ detail: Detail) -> JSONObject {
        var cut = Shortening()
        let type = row["type"]?.stringValue?.lowercased() ?? ""
        let conditions = sources.map { $0["precondition"]?.stringValue ?? "" }
        let systems = ArtifactSystems.of(
            name: name,
            type: type,
            precondition: row["precondition"]?.stringValue ?? "",
            sources: conditions
        )
        var object: JSONObject = [
            "name": .string(name), "type": .string(type),
            "description": cut.text(row["description"], detail.description, "description"),
            "author": row["author"] ?? .null,
            "os": .array(systems.sorted().map(JSONValue.string)),
            "aliases": row["aliases"] ?? [], "precondition": row["precondition"] ?? "",
            "required_permissions": row["required_permissions"] ?? [],
            "implied_permissions": row["implied_permissions"] ?? [], "impersonate": row["impersonate"] ?? "",
            "tools": .array((row["tools"]?.arrayValue ?? []).map { $0["name"] ?? $0 }),
            "parameters": .array(parameters(detail, &cut)), "sources": .array(sources(detail, &cut)),
            "result_names": .array(resultNames.map(JSONValue.string)), "built_in": row["built_in"] ?? .null,
            "org_id": .string(organization ?? "root"),
        ]
        object["shortened"] = .array(cut.names.map(JSONValue.string))
        return object
    }

    private func parameters(_ detail: Detail, _ cut: inout Shortening) -> [JSONValue] {
        var parameters: [JSONValue] = []
        for parameter in row["parameters"]?.arrayValue ?? [] {
            let name = parameter["name"]?.stringValue ?? ""
            var object: JSONObject = [
                "name": .string(name),
                "type": parameter["type"].flatMap { $0 == "" ? nil : $0 } ?? "string",
                "default": cut.text(parameter["default"], max(60, detail.parameter), "default of \(name)"),
            ]
            let description = cut.text(parameter["description"], detail.parameter, "description of \(name)")
            if description != "", description != .null { object["description"] = description }
            if let choices = parameter["choices"]?.arrayValue, !choices.isEmpty { object["choices"] = .array(choices) }
            parameters.append(.object(object))
        }
        return parameters
    }

    private func sources(_ detail: Detail, _ cut: inout Shortening) -> [JSONValue] {
        var shown: [JSONValue] = []
        for (source, resultName) in zip(sources, resultNames) {
            var object: JSONObject = ["name": source["name"] ?? "", "result_name": .string(resultName)]
            for key in ["description", "precondition"] {
                if let text = source[key]?.stringValue, !text.isEmpty {
                    object[key] = cut.text(.string(text), detail.description, "\(key) of \(resultName)")
                }
            }
            if includesVQL { object["vql"] = cut.text(source["query"], detail.vql, "vql of \(resultName)") }
            shown.append(.object(object))
        }
        return shown
    }
}

/// Shortens texts and remembers which.
private struct Shortening {
    private(set) var names: [String] = []

    mutating func text(_ value: JSONValue?, _ limit: Int, _ name: String) -> JSONValue {
        guard let text = value?.stringValue else { return value ?? .null }
        guard text.count > limit else { return .string(text.trimmed) }
        names.append(name)
        return .string("\(text.prefix(limit))… (\(text.utf8.count) bytes in all)")
    }
}
