// SPDX-License-Identifier: Apache-2.0

import JSONValue

/// What a sealed token is for: a method, a plugin's item and exact arguments, as bytes that do not depend on the order
/// of members.
struct Binding: Sendable {
    private let names: [String]
    private let arguments: JSONObject

    init(request: String, plugin: String, target: String, _ arguments: JSONObject) {
        names = [request, plugin, target]
        self.arguments = arguments
    }

    /// Made only where a token is given out or comes back: most calls need none.
    var bytes: [UInt8] {
        JSONValue.array(names.map(JSONValue.string) + [JSONValue.object(arguments).sorted]).jsonBytes()
    }
}

extension JSONObject {
    /// Removes a member and returns it.
    mutating func take(_ key: String) -> JSONValue? {
        defer { self[key] = nil }
        return self[key]
    }
}
