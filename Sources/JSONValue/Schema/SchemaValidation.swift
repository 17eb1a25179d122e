// SPDX-License-Identifier: Apache-2.0

/// One application of a schema to a value: where it is, and what it has found.
struct SchemaValidation {
    private let nodes: [SchemaNode]
    private(set) var violations: [JSONSchemaViolation] = []
    private var path = JSONPointer()
    private var steps = 0
    private var hidesValues = false

    /// A reader corrects fifty faults at most; an array of a million wrong elements should not cost a million messages.
    private static let violationLimit = 50
    /// Branches in branches can take exponential time. Honest schemas stay far below this many steps.
    private let stepLimit: Int

    init(nodes: [SchemaNode], value: JSONValue) {
        self.nodes = nodes
        stepLimit = min(50_000_000, 10_000 + 1000 * value.partCount)
    }

    var isExhausted: Bool { violations.count >= Self.violationLimit || steps >= stepLimit }

    /// Applies a node to the value at the present place.
    mutating func apply(_ id: SchemaNode.ID, to value: JSONValue) {
        guard !isExhausted else { return }
        steps += 1
        let node = nodes[id]
        let hidHere = node.isWriteOnly && !hidesValues
        if hidHere { hidesValues = true }
        defer { if hidHere { hidesValues = false } }
        let before = violations.count
        for keyword in node.keywords {
            keyword.check(value, in: &self)
            // A value of the wrong type breaks other rules too, but only the first finding says why.
            if keyword is TypeKeyword, violations.count > before { return }
        }
    }

    /// Applies a node to a part of the present value.
    mutating func apply(_ id: SchemaNode.ID, to part: JSONValue, at token: String) {
        path.tokens.append(token)
        apply(id, to: part)
        path.tokens.removeLast()
    }

    /// What a node would report about the value, without reporting it.
    mutating func trial(_ id: SchemaNode.ID, of value: JSONValue) -> [JSONSchemaViolation] {
        var found: [JSONSchemaViolation] = []
        swap(&found, &violations)
        apply(id, to: value)
        swap(&found, &violations)
        return found
    }

    mutating func report(_ keyword: String, _ message: String, property: String? = nil) {
        guard violations.count < Self.violationLimit else { return }
        violations.append(JSONSchemaViolation(pointer: path, keyword: keyword, property: property, message: message))
    }

    /// The path of a violation as seen from the present place.
    func relativePointer(of violation: JSONSchemaViolation) -> JSONPointer {
        JSONPointer(Array(violation.pointer.tokens.dropFirst(path.tokens.count)))
    }

    /// Says so if the search had to stop before everything was checked.
    mutating func finish() {
        guard steps >= stepLimit else { return }
        report("$schema", "the value takes too many steps to check against its schema")
    }

    /// How a message names a value it complains of.
    func describe(_ value: JSONValue) -> String {
        if hidesValues { return "a value that is not shown" }
        switch value {
        case .null: return "null"
        case .bool(let flag): return flag ? "true" : "false"
        case .integer, .number: return "the number \(Self.shortened(value.json()))"
        case .string(let text): return "the string \(Self.quoted(text))"
        case .array(let elements): return elements.isEmpty ? "an empty array" : "an array"
        case .object(let object): return object.isEmpty ? "an empty object" : "an object"
        }
    }

    static func quoted(_ text: String) -> String {
        JSONValue.string(shortened(text)).json()
    }

    private static func shortened(_ text: String) -> String {
        text.unicodeScalars.count <= 80
            ? text : String(String.UnicodeScalarView(text.unicodeScalars.prefix(77))) + "..."
    }
}

extension JSONValue {
    /// The number of values in this one, itself included.
    fileprivate var partCount: Int {
        switch self {
        case .array(let elements): elements.reduce(1) { $0 + $1.partCount }
        case .object(let object): object.reduce(1) { $0 + $1.value.partCount }
        default: 1
        }
    }
}
