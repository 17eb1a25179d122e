// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorErrors
import YAMLSource

/// Reads a configuration as strictly as the server's own loader: each member must be known and of its type.
struct ConfigurationReader {
    private var faults: [String] = []

    /// The document, or the message of the server's YAML library.
    static func read(_ text: String) throws(ServerFailure) -> JSONObject {
        let document: YAMLNode
        do throws(MegaraptorError) {
            document = try YAMLDocument.parse(text, file: "config")
        } catch {
            throw .loading("yaml: " + syntaxFault(error))
        }
        var reader = ConfigurationReader()
        let value = reader.value(document, .section(.root))
        guard reader.faults.isEmpty else {
            throw .loading("yaml: unmarshal errors:\n  " + reader.faults.joined(separator: "\n  "))
        }
        guard case .object(let object) = value else { return [:] }
        return object
    }

    private static func syntaxFault(_ error: MegaraptorError) -> String {
        guard let line = error.details["line"]?.integerValue else { return error.message }
        let words = error.message.split(separator: ": ", maxSplits: 1).last ?? ""
        return "line \(line): \(words)"
    }

    /// The value in the type it is to have; `nil` where it has none, which is noted.
    private mutating func value(_ node: YAMLNode, _ type: ConfigurationType) -> JSONValue? {
        if case .scalar(.null) = node.content { return .null }
        switch (type, node.content) {
        case (.section(let section), .mapping(let entries)): return .object(members(entries, section))
        case (.sections(let section), .sequence(let nodes)):
            return .array(nodes.compactMap { value($0, .section(section)) })
        case (.texts, .sequence(let nodes)): return .array(nodes.compactMap { value($0, .text) })
        case (.text, .scalar(let scalar)): return .string(Self.text(scalar))
        case (.flag, .scalar(.bool(let flag))): return .bool(flag)
        case (.number(let name), .scalar(.integer(let number)))
        where Self.range(name).contains(number): return .integer(number)
        default:
            faults.append("line \(node.position.line): cannot unmarshal \(Self.given(node)) into \(type.name)")
            return nil
        }
    }

    private mutating func members(_ entries: [YAMLNode.Entry], _ section: ConfigurationSection) -> JSONObject {
        var object = JSONObject()
        for entry in entries {
            if let type = section.members[entry.key] {
                object[entry.key] = value(entry.value, type)
            } else {
                faults.append(
                    "line \(entry.keyPosition.line): field \(entry.key) not found in type \(section.name)"
                )
            }
        }
        return object
    }

    /// Any scalar can stand for a text, as the library takes it.
    private static func text(_ scalar: JSONValue) -> String {
        if case .string(let text) = scalar { return text }
        return scalar.json()
    }

    private static func range(_ type: String) -> ClosedRange<Int64> {
        switch type {
        case "uint32": 0...Int64(UInt32.max)
        case "uint64": 0...Int64.max
        default: Int64.min...Int64.max
        }
    }

    /// What stands there, as the library names it: its tag and the beginning of its text.
    private static func given(_ node: YAMLNode) -> String {
        guard case .scalar(let scalar) = node.content else {
            return node.entries == nil ? "!!seq" : "!!map"
        }
        let tag =
            switch scalar {
            case .bool: "!!bool"
            case .integer: "!!int"
            case .number: "!!float"
            default: "!!str"
            }
        let text = Self.text(scalar)
        return "\(tag) `\(text.count > 10 ? text.prefix(7) + "..." : text[...])`"
    }
}
