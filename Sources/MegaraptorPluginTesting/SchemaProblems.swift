// SPDX-License-Identifier: Apache-2.0

internal import JSONValue

/// What a model could not work with in tools: schemas that are wrong, and words that are missing.
enum SchemaProblems {
    static func find(in description: JSONValue) -> [String] {
        (description["tools"]?.arrayValue ?? []).flatMap(problems)
    }

    private static func problems(of tool: JSONValue) -> [String] {
        let name = tool["name"]?.stringValue ?? "a tool without a name"
        var problems: [String] = []
        if tool["description"]?.stringValue?.isEmpty != false { problems.append("\(name) has no description") }
        for side in ["input_schema", "output_schema"] {
            guard let schema = tool[side] else { continue }
            problems += Self.problems(of: schema, "the \(side) of \(name)")
        }
        for (argument, schema) in tool["input_schema"]?["properties"]?.objectValue ?? [:]
        where schema["description"] == nil {
            problems.append("the argument \(argument) of \(name) has no description")
        }
        return problems
    }

    private static func problems(of schema: JSONValue, _ place: String) -> [String] {
        guard schema["type"] == "object" else { return ["\(place) is no object's: MCP wants type object at the root"] }
        do {
            let compiled = try JSONSchema(schema)
            return (schema["examples"]?.arrayValue ?? []).flatMap { example in
                compiled.validate(example).map { "an example in \(place) does not fit it: \($0)" }
            }
        } catch {
            return ["\(place) is itself wrong: \(error)"]
        }
    }
}
