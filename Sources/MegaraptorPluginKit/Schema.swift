// SPDX-License-Identifier: Apache-2.0

public import JSONValue

/// A JSON Schema, written next to the type that it describes.
public struct Schema: Sendable, Hashable {
    /// The schema itself.
    public var json: JSONObject

    /// A schema that is written out.
    public init(_ json: JSONObject) {
        self.json = json
    }

    /// Sets any other keyword.
    public func with(_ keyword: String, _ value: JSONValue) -> Schema {
        var copy = self
        copy.json[keyword] = value
        return copy
    }

    /// Says what a value means. A model reads it.
    public func described(_ text: String) -> Schema { with("description", .string(text)) }
    /// Says what counts where nothing is given. The handler has to do so itself.
    public func defaulting(to value: JSONValue) -> Schema { with("default", value) }
    /// Shows values that fit.
    public func examples(_ values: JSONValue...) -> Schema { with("examples", .array(values)) }
}

extension Schema {
    /// Any value.
    public static var any: Schema { Schema([:]) }
    /// `true` or `false`.
    public static var boolean: Schema { Schema(["type": "boolean"]) }
    /// Text.
    public static var string: Schema { Schema(["type": "string"]) }
    /// A number.
    public static var number: Schema { Schema(["type": "number"]) }
    /// A whole number.
    public static var integer: Schema { Schema(["type": "integer"]) }

    /// Text that matches a regular expression. Anchor it: schemas search, they do not match whole texts.
    public static func string(pattern: String) -> Schema { string.with("pattern", .string(pattern)) }

    /// One of these texts.
    public static func oneOf(_ values: String...) -> Schema {
        string.with("enum", .array(values.map(JSONValue.string)))
    }

    /// A whole number within bounds.
    public static func integer(_ range: ClosedRange<Int64>) -> Schema {
        integer.with("minimum", .integer(range.lowerBound)).with("maximum", .integer(range.upperBound))
    }

    /// A list.
    public static func array(of items: Schema) -> Schema {
        Schema(["type": "array", "items": .object(items.json)])
    }

    /// `schema`, or null.
    public static func nullable(_ schema: Schema) -> Schema {
        guard let type = schema.json["type"]?.stringValue else { return schema }
        return schema.with("type", [.string(type), "null"])
    }

    /// An object that takes these members and, unless `open`, no others.
    public static func object(open: Bool = false, _ members: Member...) -> Schema {
        object(open: open, members)
    }

    /// An object whose members are made elsewhere.
    public static func object(open: Bool = false, _ members: [Member]) -> Schema {
        var json: JSONObject = ["type": "object"]
        if !members.isEmpty {
            json["properties"] = .object(JSONObject(members.map { ($0.name, .object($0.schema.json)) }))
        }
        let required = members.filter(\.isRequired).map { JSONValue.string($0.name) }
        if !required.isEmpty { json["required"] = .array(required) }
        if !open { json["additionalProperties"] = false }
        return Schema(json)
    }

    /// A member of an object.
    public struct Member: Sendable {
        var name: String
        var schema: Schema
        var isRequired: Bool

        /// A member that must be there.
        public static func required(_ name: String, _ schema: Schema) -> Member {
            Member(name: name, schema: schema, isRequired: true)
        }

        /// A member that may be left out.
        public static func optional(_ name: String, _ schema: Schema) -> Member {
            Member(name: name, schema: schema, isRequired: false)
        }
    }
}
