// SPDX-License-Identifier: Apache-2.0

extension JSONValue {
    /// The value in JSON for people: one member a line, two spaces a level. Not for a protocol that ends on a newline.
    public func prettyJSON() -> String {
        var output: [UInt8] = []
        writePretty(level: 0, into: &output)
        return String(decoding: output, as: UTF8.self)
    }

    private func writePretty(level: Int, into output: inout [UInt8]) {
        switch self {
        case .array(let elements) where !elements.isEmpty:
            output.append(Byte.openBracket)
            for (place, element) in elements.enumerated() {
                Self.startLine(place, level: level + 1, into: &output)
                element.writePretty(level: level + 1, into: &output)
            }
            Self.startLine(0, level: level, into: &output)
            output.append(Byte.closeBracket)
        case .object(let object) where !object.isEmpty:
            output.append(Byte.openBrace)
            for (place, member) in object.enumerated() {
                Self.startLine(place, level: level + 1, into: &output)
                JSONWriter.write(member.key, into: &output)
                output.append(contentsOf: ": ".utf8)
                member.value.writePretty(level: level + 1, into: &output)
            }
            Self.startLine(0, level: level, into: &output)
            output.append(Byte.closeBrace)
        default: write(into: &output)
        }
    }

    /// Ends the line, after a comma unless `place` is the first, and indents the next.
    private static func startLine(_ place: Int, level: Int, into output: inout [UInt8]) {
        if place > 0 { output.append(Byte.comma) }
        output.append(0x0A)
        output.append(contentsOf: repeatElement(0x20, count: 2 * level))
    }
}
