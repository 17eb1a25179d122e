// SPDX-License-Identifier: Apache-2.0

import JSONValue

// How contributions look in `describe` and in a manifest: the same keys in the same order, defaults left out.

extension Tool {
    var manifestEntry: JSONValue {
        var object = entry(named: name, title: title, description: description)
        object["toolset"] = .string(toolset)
        object["annotations"] = [
            "read_only": .bool(effects.readOnly), "destructive": .bool(effects.destructive),
            "idempotent": .bool(effects.idempotent), "open_world": .bool(effects.openWorld),
        ]
        if !asksFirst { object["asks_first"] = false }
        if readOnlyMode == .restricted { object["read_only_mode"] = "restricted" }
        object["input_schema"] = .object(inputSchema.json)
        if let outputSchema { object["output_schema"] = .object(outputSchema.json) }
        return .object(object)
    }
}

extension Resource {
    var manifestEntry: JSONValue {
        var object: JSONObject = ["uri": .string(uri)]
        object.merge(entry(named: name, title: title, description: description))
        if let mimeType { object["mime_type"] = .string(mimeType) }
        return .object(object)
    }
}

extension ResourceTemplate {
    var manifestEntry: JSONValue {
        var object: JSONObject = ["uri_template": .string(uriTemplate)]
        object.merge(entry(named: name, title: title, description: description))
        if let mimeType { object["mime_type"] = .string(mimeType) }
        return .object(object)
    }
}

extension Prompt {
    var manifestEntry: JSONValue {
        var object = entry(named: name, title: title, description: description)
        if !arguments.isEmpty { object["arguments"] = .array(arguments.map(\.manifestEntry)) }
        return .object(object)
    }
}

extension Prompt.Argument {
    var manifestEntry: JSONValue {
        var object: JSONObject = ["name": .string(name), "description": .string(description)]
        if required { object["required"] = true }
        return .object(object)
    }
}

extension Runner {
    var manifestEntry: JSONValue { ["name": .string(name), "description": .string(description)] }
}

extension Provider {
    var manifestEntry: JSONValue {
        var object: JSONObject = ["interface": .string(interface)]
        object.merge(entry(named: name, title: title, description: description))
        object["reading"] = .array(reading.map(JSONValue.string))
        object["input_schema"] = .object(inputSchema.json)
        return .object(object)
    }
}

private func entry(named name: String, title: String?, description: String) -> JSONObject {
    var object: JSONObject = ["name": .string(name)]
    if let title { object["title"] = .string(title) }
    object["description"] = .string(description)
    return object
}

extension JSONObject {
    fileprivate mutating func merge(_ other: JSONObject) {
        for (key, value) in other { self[key] = value }
    }
}
