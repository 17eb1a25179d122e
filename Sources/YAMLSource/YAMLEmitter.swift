// SPDX-License-Identifier: Apache-2.0

public import JSONValue

/// Writes YAML that everybody reads alike.
///
/// Block style, two spaces a level, members in their order, the same bytes for the same value. A string stands without
/// quotes only where neither YAML 1.1 nor 1.2 could take it for something else; one of several lines becomes a literal
/// block.
public enum YAMLEmitter {
    /// The document, which ends with a newline.
    public static func text(for value: JSONValue) -> String {
        var writer = YAMLWriter()
        writer.writeDocument(value)
        return writer.output
    }
}

/// The text so far.
struct YAMLWriter {
    private(set) var output = ""

    mutating func writeDocument(_ value: JSONValue) {
        if !isBlock(value) {
            writeInline(value, indent: 0)
        } else {
            writeBlock(value, indent: 0)
        }
    }

    /// Whether the value takes lines of its own below its key.
    private func isBlock(_ value: JSONValue) -> Bool {
        switch value {
        case .array(let elements): !elements.isEmpty
        case .object(let object): !object.isEmpty
        default: false
        }
    }

    /// Writes a container whose first line is already indented.
    private mutating func writeBlock(_ value: JSONValue, indent: Int) {
        switch value {
        case .array(let elements):
            for (place, element) in elements.enumerated() {
                if place > 0 { startLine(indent) }
                output += "- "
                writeBesideDash(element, indent: indent)
            }
        case .object(let object):
            for (place, member) in object.enumerated() {
                if place > 0 { startLine(indent) }
                writeMember(member.key, member.value, indent: indent)
            }
        default: writeInline(value, indent: indent)
        }
    }

    private mutating func writeBesideDash(_ value: JSONValue, indent: Int) {
        if isBlock(value) {
            writeBlock(value, indent: indent + 2)
        } else {
            writeInline(value, indent: indent + 2)
        }
    }

    private mutating func writeMember(_ key: String, _ value: JSONValue, indent: Int) {
        let written = YAMLText.inline(key)
        if written.unicodeScalars.count > YAMLText.longestSimpleKey {
            output += "? \(written)\n"
            startLine(indent)
            output += ":"
        } else {
            output += written + ":"
        }
        if isBlock(value) {
            output += "\n"
            startLine(indent + 2)
            writeBlock(value, indent: indent + 2)
        } else {
            output += " "
            writeInline(value, indent: indent + 2)
        }
    }

    /// Writes what begins on the line of its key and ends the line; `indent` is where further lines begin.
    private mutating func writeInline(_ value: JSONValue, indent: Int) {
        switch value {
        case .string(let text):
            if let block = YAMLText.literalBlock(text, indent: max(2, indent)) {
                output += block
                return
            }
            output += YAMLText.inline(text)
        default: output += value.json()
        }
        output += "\n"
    }

    private mutating func startLine(_ indent: Int) {
        output += String(repeating: " ", count: indent)
    }
}
