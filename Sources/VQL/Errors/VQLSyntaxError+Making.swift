// SPDX-License-Identifier: Apache-2.0

extension VQLSyntaxError {
    /// No token begins at a position. The text from there on is shown, up to sixteen characters of it.
    init(invalidInputAt position: SourcePosition, in bytes: [UInt8]) {
        let rest = String(decoding: bytes[position.byteOffset...].prefix(17 * 4), as: UTF8.self).unicodeScalars
        let shown = String(String.UnicodeScalarView(rest.prefix(16)))
        self.init(.invalidInput(rest.count > 16 ? shown + "..." : shown), at: position, in: bytes)
    }
}

extension Parser {
    func syntaxError(_ failure: ParseFailure) -> VQLSyntaxError {
        let token = tokens[failure.token]
        switch failure.reason {
        case .nestedTooDeeply(let limit):
            return VQLSyntaxError(.nestedTooDeeply(limit: limit), at: token.range.start, in: bytes)
        case .unexpected(let expectation):
            return VQLSyntaxError(
                .unexpectedToken(displayed(token), expected: expectation?.text),
                at: token.range.start,
                in: bytes
            )
        }
    }

    func syntaxError(_ number: (token: Int, isOutOfRange: Bool)) -> VQLSyntaxError {
        let range = tokens[number.token].range
        return VQLSyntaxError(
            .nonconforming(number: text(of: range), isOutOfRange: number.isOutOfRange),
            at: range.start,
            in: bytes
        )
    }

    /// A token as the server names it.
    private func displayed(_ token: Token) -> String {
        switch token.kind {
        case .endOfText: "<EOF>"
        case .inKeyword, .descending: text(of: token.range).uppercased()
        default: text(of: token.range)
        }
    }
}
