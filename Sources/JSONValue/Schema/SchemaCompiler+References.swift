// SPDX-License-Identifier: Apache-2.0

/// `$ref`: another schema of the document holds here too.
struct ReferenceKeyword: SchemaKeyword {
    let target: SchemaNode.ID
    var sameValueNodes: [SchemaNode.ID] { [target] }

    func check(_ value: JSONValue, in validation: inout SchemaValidation) { validation.apply(target, to: value) }
}

extension SchemaCompiler {
    mutating func referenceKeyword(_ source: SchemaSource) throws(JSONSchemaError) -> ReferenceKeyword? {
        guard let reference = try source.string("$ref") else { return nil }
        guard reference.hasPrefix("#") else {
            throw source.failure(
                "$ref",
                "\"\(reference)\" lies outside this schema; only references with \"#\" are supported"
            )
        }
        guard let place = place(ofFragment: String(reference.dropFirst())), let target = document[place] else {
            throw source.failure("$ref", "\"\(reference)\" leads nowhere")
        }
        return ReferenceKeyword(target: try node(for: target, at: place))
    }

    private mutating func place(ofFragment fragment: String) -> JSONPointer? {
        guard let text = PercentEncoding.decode(fragment) else { return nil }
        if text.isEmpty || text.hasPrefix("/") { return JSONPointer(parsing: text) }
        return anchor(text)
    }

    /// A schema that holds for a value only if it holds for that value has no answer, and would be asked for ever.
    func refuseEndlessReferences() throws(JSONSchemaError) {
        var state = Array(repeating: VisitState.unseen, count: nodes.count)
        for id in nodes.indices where !visit(id, &state) {
            let message = "the schema refers to itself without looking at a part of the value"
            throw JSONSchemaError(pointer: pointer(of: id), message: message)
        }
    }

    private enum VisitState { case unseen, open, done }

    /// Whether no way from the node over the same value leads back to it.
    private func visit(_ id: SchemaNode.ID, _ state: inout [VisitState]) -> Bool {
        if state[id] != .unseen { return state[id] == .done }
        state[id] = .open
        for next in nodes[id].keywords.flatMap(\.sameValueNodes) where !visit(next, &state) { return false }
        state[id] = .done
        return true
    }
}

/// The places that `$anchor` names.
struct SchemaAnchors {
    private(set) var places: [String: JSONPointer] = [:]

    init(_ document: JSONValue) { collect(document, at: JSONPointer()) }

    private mutating func collect(_ value: JSONValue, at pointer: JSONPointer) {
        switch value {
        case .object(let object):
            if let name = object["$anchor"]?.stringValue { places[name] = pointer }
            // What these hold is data and names no schema.
            for (key, member) in object where !["enum", "const", "default", "examples"].contains(key) {
                collect(member, at: pointer.appending(key))
            }
        case .array(let elements):
            for (index, element) in elements.enumerated() { collect(element, at: pointer.appending(String(index))) }
        default: break
        }
    }
}

enum PercentEncoding {
    /// `text` with each `%41` replaced by its byte; `nil` where that is not UTF-8 or a `%` has no two digits.
    static func decode(_ text: String) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard rest.count >= 2, let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else {
                return nil
            }
            bytes.append(code)
            rest.removeFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
