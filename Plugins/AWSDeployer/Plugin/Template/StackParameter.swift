// SPDX-License-Identifier: Apache-2.0

import JSONValue

/// A parameter of the template, and its value as far as the inputs decide it.
struct StackParameter: Sendable {
    let name: String
    let value: String?
    let json: JSONValue

    /// A value that is known is the default as well, so that people can leave it out.
    init(_ name: String, _ about: String, type: String = "String", value: String? = nil, _ rules: JSONObject = [:]) {
        self.name = name
        self.value = value
        var json: JSONObject = ["Type": .string(type), "Description": .string(about)]
        if let value { json["Default"] = type == "Number" ? .integer(Int64(value) ?? 0) : .string(value) }
        for (key, rule) in rules { json[key] = rule }
        self.json = .object(json)
    }
}
