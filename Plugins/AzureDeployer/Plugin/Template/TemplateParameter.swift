// SPDX-License-Identifier: Apache-2.0

import JSONValue

/// A parameter of the template, and its value as far as the inputs decide it.
struct TemplateParameter: Sendable {
    let name: String
    let value: JSONValue?
    let json: JSONValue

    /// - Parameter standard: what counts where nothing is given, in the place of `value`.
    init(
        _ name: String,
        _ type: String,
        _ about: String,
        value: JSONValue? = nil,
        standard: JSONValue? = nil,
        _ rules: JSONObject = [:]
    ) {
        self.name = name
        self.value = value
        var json: JSONObject = ["type": .string(type)]
        if let start = standard ?? value { json["defaultValue"] = start }
        for (key, rule) in rules { json[key] = rule }
        json["metadata"] = ["description": .string(about)]
        self.json = .object(json)
    }
}
