// SPDX-License-Identifier: Apache-2.0

package import JSONValue
package import MegaraptorErrors
internal import SystemPackage
package import YAMLSource

/// Reads a YAML file and holds it against a schema, with `file:line:column` for everything that is wrong.
package enum CheckedYAML {
    package static func read(
        _ path: String,
        schema: Result<JSONSchema, JSONSchemaError>
    ) throws(MegaraptorError) -> YAMLNode {
        var document = try YAMLDocument.parse(try contents(of: path), file: path)
        // A file in which everything is commented out says nothing, which is not wrong.
        if case .scalar(.null) = document.content {
            document = YAMLNode(content: .mapping([]), position: document.position)
        }
        let violations: [JSONSchemaViolation]
        do {
            violations = try schema.get().validate(document.json)
        } catch {
            throw MegaraptorError(.internal, "The schema for \(path) is itself wrong: \(error)")
        }
        guard let first = violations.first else { return document }
        throw MegaraptorError(
            .invalidArgument,
            violations.map { "\(position(of: $0, in: document)): \($0.message)" }.joined(separator: "; "),
            hint: "Correct the file \(path).",
            details: ["pointer": .string("\(first.pointer)")]
        )
    }

    /// A key that may not be there is shown itself, everything else where its value begins.
    private static func position(of violation: JSONSchemaViolation, in document: YAMLNode) -> YAMLPosition {
        let node = document.nearest(to: violation.pointer)
        return violation.property.flatMap { node.entry($0)?.keyPosition } ?? node.position
    }

    package static func contents(of path: String) throws(MegaraptorError) -> [UInt8] {
        do {
            let file = try FileDescriptor.open(FilePath(path), .readOnly)
            return try file.closeAfter { try file.readToEnd() }
        } catch {
            throw MegaraptorError(
                .notFound,
                "The file \(path) cannot be read.",
                hint: "Check that it exists and that this user may read it.",
                cause: "\(error)"
            )
        }
    }
}
