// SPDX-License-Identifier: Apache-2.0

import JSONValue

/// What stands between the brackets of a template's text: `[concat(parameters('a'), '-b')]`.
indirect enum Expression: Sendable {
    case literal(JSONValue)
    case call(String, [Expression])
    case property(Expression, String)
    case index(Expression, Expression)

    /// The expression in a text; `nil` where it is plain. `[[` stands for a bracket.
    static func of(_ text: String) throws(ARMFailure) -> Expression? {
        guard text.hasPrefix("["), text.hasSuffix("]"), !text.hasPrefix("[[") else { return nil }
        var parser = ExpressionParser(String(text.dropFirst().dropLast()))
        return try parser.whole()
    }

    /// A text that is no expression, as it is meant.
    static func plain(_ text: String) -> String { text.hasPrefix("[[") ? String(text.dropFirst()) : text }

    /// Every call in it, with its arguments.
    var calls: [(name: String, arguments: [Expression])] {
        switch self {
        case .literal: []
        case .call(let name, let arguments): [(name, arguments)] + arguments.flatMap(\.calls)
        case .property(let inner, _): inner.calls
        case .index(let inner, let index): inner.calls + index.calls
        }
    }
}

/// Reads expressions.
struct ExpressionParser {
    private let characters: [Character]
    private var place = 0
    private let text: String

    init(_ text: String) {
        self.text = text
        characters = Array(text)
    }

    mutating func whole() throws(ARMFailure) -> Expression {
        let expression = try expression()
        skipSpace()
        guard place == characters.count else { throw failure("something follows the expression") }
        return expression
    }

    private mutating func expression() throws(ARMFailure) -> Expression {
        skipSpace()
        var result = try primary()
        while place < characters.count {
            if take(".") {
                result = .property(result, try name())
            } else if take("[") {
                result = .index(result, try expression())
                skipSpace()
                guard take("]") else { throw failure("']' is missing") }
            } else {
                break
            }
        }
        return result
    }

    private mutating func primary() throws(ARMFailure) -> Expression {
        guard place < characters.count else { throw failure("it ends too early") }
        if take("'") { return .literal(.string(try rest())) }
        if characters[place].isNumber || characters[place] == "-" { return .literal(.integer(try number())) }
        let function = try name()
        skipSpace()
        guard take("(") else { throw failure("'(' is missing after \(function)") }
        var arguments: [Expression] = []
        skipSpace()
        if take(")") { return .call(function, arguments) }
        while true {
            arguments.append(try expression())
            skipSpace()
            if take(")") { return .call(function, arguments) }
            guard take(",") else { throw failure("',' or ')' is missing") }
        }
    }

    /// Two quotes are one inside a text.
    private mutating func rest() throws(ARMFailure) -> String {
        var found = ""
        while place < characters.count {
            if take("'") {
                guard take("'") else { return found }
                found += "'"
            } else {
                found.append(characters[place])
                place += 1
            }
        }
        throw failure("a text has no end")
    }

    private mutating func number() throws(ARMFailure) -> Int64 {
        let start = place
        place += 1
        while place < characters.count, characters[place].isNumber { place += 1 }
        guard let number = Int64(String(characters[start..<place])) else { throw failure("a number cannot be read") }
        return number
    }

    private mutating func name() throws(ARMFailure) -> String {
        let start = place
        while place < characters.count,
            characters[place].isLetter || characters[place].isNumber
                || characters[place] == "_" || characters[place] == "$"
        { place += 1 }
        guard place > start else { throw failure("a name is missing") }
        return String(characters[start..<place])
    }

    private mutating func take(_ character: Character) -> Bool {
        guard place < characters.count, characters[place] == character else { return false }
        place += 1
        return true
    }

    private mutating func skipSpace() {
        while place < characters.count, characters[place].isWhitespace { place += 1 }
    }

    private func failure(_ what: String) -> ARMFailure {
        .invalidTemplate("The language expression '\(text)' is not valid at \(place): \(what)")
    }
}
