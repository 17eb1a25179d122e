// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorErrors

/// The core schema of YAML 1.2 (chapter 10.3): what a scalar without quotes is.
enum CoreSchema {
    static let prefix = "tag:yaml.org,2002:"

    static func value(
        of scalar: YAMLScalar,
        tag: String?,
        at position: YAMLPosition
    ) throws(MegaraptorError) -> JSONValue {
        guard let tag else {
            return scalar.isPlain ? try plain(scalar.text, at: position) : .string(scalar.text)
        }
        if tag == "!" || tag == prefix + "str" { return .string(scalar.text) }
        let value = try plain(scalar.text, at: position)
        switch (tag.hasPrefix(prefix) ? String(tag.dropFirst(prefix.count)) : "", value) {
        case ("null", .null), ("bool", .bool), ("int", .integer), ("float", .number), ("float", .integer): return value
        case ("int", .number(let number)) where number.literal.utf8.allSatisfy(isDigitOrSign): return value
        case ("null", _), ("bool", _), ("int", _), ("float", _):
            throw position.error("\"\(scalar.text)\" is not what its tag \"\(tag)\" says")
        default: throw position.error("the tag \"\(tag)\" is not supported")
        }
    }

    private static func plain(_ text: String, at position: YAMLPosition) throws(MegaraptorError) -> JSONValue {
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .bool(true)
        case "false", "False", "FALSE": return .bool(false)
        default: break
        }
        let unsigned = text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : text[...]
        if [".inf", ".Inf", ".INF"].contains(unsigned) || [".nan", ".NaN", ".NAN"].contains(text) {
            throw position.error("\"\(text)\" is no number that can be used here", hint: "Quote it if it is text.")
        }
        if text.hasPrefix("0o") { return integer(text, radix: 8) ?? .string(text) }
        if text.hasPrefix("0x") { return integer(text, radix: 16) ?? .string(text) }
        return decimal(unsigned, isNegative: text.hasPrefix("-")) ?? .string(text)
    }

    /// A number after `0o` or `0x`; `nil` where the digits are others.
    private static func integer(_ text: String, radix: Int) -> JSONValue? {
        let digits = text.dropFirst(2)
        guard !digits.isEmpty, digits.utf8.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }) else {
            return nil
        }
        return UInt128(digits, radix: radix).map { JSONValue($0) }
    }

    /// A decimal number in JSON's spelling: `.5` becomes `0.5`, `+007` becomes `7`.
    private static func decimal(_ text: Substring, isNegative: Bool) -> JSONValue? {
        var rest = text.utf8
        let whole = digits(&rest)
        var fraction: String?
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            fraction = digits(&rest)
        }
        guard !whole.isEmpty || !(fraction ?? "").isEmpty else { return nil }
        let trimmed = whole.drop { $0 == "0" }
        var literal = (isNegative ? "-" : "") + (trimmed.isEmpty ? "0" : trimmed)
        if let fraction { literal += "." + (fraction.isEmpty ? "0" : fraction) }
        // What is left must be an exponent, and JSON writes that alike.
        literal += String(decoding: rest, as: UTF8.self)
        guard rest.isEmpty || rest.first.map({ $0 | 0x20 }) == UInt8(ascii: "e") else { return nil }
        return number(literal)
    }

    private static func digits(_ rest: inout Substring.UTF8View) -> String {
        let digits = rest.prefix { (0x30...0x39).contains($0) }
        rest.removeFirst(digits.count)
        return String(decoding: digits, as: UTF8.self)
    }

    /// The number, or `nil` where the text is none after all, such as `1e` or `1e+x`.
    private static func number(_ literal: String) -> JSONValue? {
        do throws(JSONError) {
            return try JSONValue(json: literal)
        } catch {
            return nil
        }
    }

    private static func isDigitOrSign(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-")
    }
}
