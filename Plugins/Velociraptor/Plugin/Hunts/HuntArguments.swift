// SPDX-License-Identifier: Apache-2.0

internal import JSONValue

/// The arguments of a call of `hunt()`: text that names variables only, and the variables.
///
/// All variables arrive as strings, so those of another type are read by the query.
struct HuntArguments: Sendable, Hashable {
    private(set) var variables: [VQLQuery.Variable] = []
    private var parts: [String] = []

    var text: String { parts.joined(separator: ", ") }

    mutating func add(_ name: String, _ variable: String, _ value: String) {
        add(name, as: variable, variable, value)
    }

    mutating func add(_ name: String, _ variable: String, list: [String]) {
        add(
            name,
            as: "parse_json_array(data=\(variable))",
            variable,
            JSONValue.array(list.map(JSONValue.string)).json()
        )
    }

    mutating func add(_ name: String, _ variable: String, object: JSONObject) {
        add(name, as: "parse_json(data=\(variable))", variable, object.jsonText)
    }

    mutating func add(_ name: String, _ variable: String, number: Int) {
        add(name, as: "int(int=\(variable))", variable, String(number))
    }

    mutating func add(_ name: String, _ variable: String, secondsFromNow seconds: Int) {
        add(name, as: "now() + int(int=\(variable))", variable, String(seconds))
    }

    mutating func add(_ name: String, flag: Bool) {
        parts.append("\(name)=\(flag ? "TRUE" : "FALSE")")
    }

    private mutating func add(_ name: String, as expression: String, _ variable: String, _ value: String) {
        parts.append("\(name)=\(expression)")
        variables.append(VQLQuery.Variable(variable, value))
    }
}
