// SPDX-License-Identifier: Apache-2.0

public import JSONValue

/// A file of variables for people who write their own Terraform, with comments.
public struct TerraformVariables: Sendable {
    private var sections: [String] = []

    /// - Parameter preamble: what stands before all of it, without `#`.
    public init(preamble: String) {
        sections = [Self.comment(preamble)]
    }

    public mutating func set(_ name: String, _ value: JSONValue, _ about: String) {
        sections.append("\(Self.comment(about))\n\(name) = \(Self.text(value, indent: ""))")
    }

    public var text: String { sections.joined(separator: "\n\n") + "\n" }

    private static func comment(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.isEmpty ? "#" : "# \($0)" }.joined(separator: "\n")
    }

    private static func text(_ value: JSONValue, indent: String) -> String {
        let inner = indent + "  "
        switch value {
        case .string(let text): return quoted(text)
        case .array(let elements) where elements.contains { $0.objectValue != nil }:
            return "[\n" + elements.map { "\(inner)\(Self.text($0, indent: inner)),\n" }.joined() + "\(indent)]"
        case .array(let elements):
            return "[" + elements.map { Self.text($0, indent: inner) }.joined(separator: ", ") + "]"
        case .object(let object) where !object.isEmpty:
            let lines = object.map { "\(inner)\(quoted($0.key)) = \(Self.text($0.value, indent: inner))\n" }
            return "{\n" + lines.joined() + "\(indent)}"
        default: return value.json()
        }
    }

    /// As JSON has it, and what would begin a template is doubled.
    private static func quoted(_ text: String) -> String {
        JSONValue.string(text).json().replacing("${", with: "$${").replacing("%{", with: "%%{")
    }
}
