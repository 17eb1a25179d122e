// SPDX-License-Identifier: Apache-2.0

extension VQLSyntaxError: CustomStringConvertible {
    /// What is wrong, without the place: `unexpected token "FRM" (expected …)`.
    public var message: String {
        switch reason {
        case .unexpectedToken(let token, nil): "unexpected token \(GoQuotation.quote(token))"
        case .unexpectedToken(let token, let expected?):
            "unexpected token \(GoQuotation.quote(token)) (expected \(expected))"
        case .invalidInput(let text): "lexer: invalid input text \(GoQuotation.quote(text))"
        case .nonconforming(let number, let isOutOfRange):
            "failed to conform: strconv.ParseInt: parsing \(GoQuotation.quote(number)): "
                + (isOutOfRange ? "value out of range" : "invalid syntax")
        case .nestedTooDeeply(let limit): "nested more than \(limit) levels deep"
        }
    }

    /// Line, column and message, as the server reports an error in a lambda: `1:7: unexpected token "<EOF>" …`.
    public var description: String {
        "\(position.line):\(position.column): \(message)"
    }

    /// The bytes around the place, split at it, then line, column and message: what follows `ERROR:query: ` for a text
    /// that a query runs.
    public var excerpted: String {
        String(decoding: left + [ASCII.bar] + right, as: UTF8.self) + ": " + description
    }

    /// The server's log line for a request that it refuses, without the newline.
    public func render() -> String {
        "VQL Error: \(excerpted)."
    }

    /// Whether the excerpt begins or ends inside a character. The server can not send such a line: the call ends with
    /// INTERNAL and `grpc: error while marshaling: string field contains invalid UTF-8`.
    public var cutsCharacter: Bool {
        String(validating: left, as: UTF8.self) == nil || String(validating: right, as: UTF8.self) == nil
    }

    /// The line with the error and a caret under its place, for humans.
    ///
    /// - Parameter text: The text that was parsed.
    public func caret(in text: String) -> String {
        let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.indices.contains(position.line - 1) else { return "" }
        let line = lines[position.line - 1]
        // Tabs stay tabs, so that the caret stands right whatever their width.
        let indent = line.prefix(position.column - 1).map { $0 == "\t" ? "\t" : " " }.joined()
        return "\(String(String.UnicodeScalarView(line)))\n\(indent)^"
    }
}
