// SPDX-License-Identifier: Apache-2.0

internal import JSONValue

/// What is to be completed: one argument of a prompt, or one place of a resource template.
public struct CompletionRequest: Sendable, Hashable {
    /// What the argument or place belongs to.
    public enum Reference: Sendable, Hashable {
        case prompt(String)
        case resource(String)
    }

    /// The prompt by its name, or the resource template by its address.
    public var reference: Reference
    /// The name of the argument or place.
    public var argument: String
    /// What has been typed so far.
    public var value: String
    /// The arguments that are already settled.
    public var settled: [String: String]

    init?(json: JSONValue) {
        guard let argument = json["argument"]?["name"]?.stringValue, let value = json["argument"]?["value"]?.stringValue
        else { return nil }
        switch (json["ref"]?["type"]?.stringValue, json["ref"]?["name"]?.stringValue, json["ref"]?["uri"]?.stringValue)
        {
        case ("ref/prompt"?, let name?, _): reference = .prompt(name)
        case ("ref/resource"?, _, let uri?): reference = .resource(uri)
        default: return nil
        }
        self.argument = argument
        self.value = value
        settled = [:]
        for (key, value) in json["context"]?["arguments"]?.objectValue ?? [:] {
            settled[key] = value.stringValue
        }
    }
}

/// At most 100 proposals; more are cut, and `hasMore` says so.
public struct Completion: Sendable, Hashable {
    /// The proposals, the likeliest first.
    public var values: [String]
    /// How many there are in all; `nil` where that is not known.
    public var total: Int?
    /// Whether there are more than these.
    public var hasMore: Bool

    /// Keeps the first 100 values.
    public init(values: [String], total: Int? = nil) {
        self.values = Array(values.prefix(100))
        self.total = total
        hasMore = values.count > 100 || (total ?? 0) > values.count
    }

    var json: JSONValue {
        var object: JSONObject = ["values": .array(values.map(JSONValue.string)), "hasMore": .bool(hasMore)]
        if let total { object["total"] = JSONValue(total) }
        return .object(object)
    }
}
