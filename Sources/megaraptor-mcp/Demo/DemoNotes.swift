// SPDX-License-Identifier: Apache-2.0

import JSONValue

/// What the demo's assistant remembers of earlier answers.
struct DemoNotes {
    private var values: [String: String] = [:]

    subscript(name: String) -> String { values[name] ?? "?" }

    /// Keeps what an answer brought. A number in a path is a place in a list.
    mutating func keep(_ wanted: [(name: String, path: [String])], of answer: JSONValue) {
        for (name, path) in wanted {
            var value = answer["structuredContent"]
            for part in path {
                if let place = Int(part), let list = value?.arrayValue {
                    value = list.indices.contains(place) ? list[place] : nil
                } else {
                    value = value?[part]
                }
            }
            values[name] = value?.stringValue ?? value?.json()
        }
    }

    /// The value with each `{name}` in its texts filled in.
    func filled(_ value: JSONValue) -> JSONValue {
        switch value {
        case .string(let text): .string(filled(text))
        case .array(let elements): .array(elements.map(filled))
        case .object(let members): .object(JSONObject(members.map { ($0.key, filled($0.value)) }))
        default: value
        }
    }

    func filled(_ text: String) -> String {
        var text = text
        for (name, value) in values { text = text.replacing("{\(name)}", with: value) }
        return text
    }
}
