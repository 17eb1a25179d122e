// SPDX-License-Identifier: Apache-2.0

import Cryptography
import JSONValue

/// The template functions whose answer depends on their arguments alone. Any other name is an error.
enum TemplateFunctions {
    static func call(_ name: String, _ values: [JSONValue]) throws(ARMFailure) -> JSONValue {
        if let answer = try logical(name, values) { return answer }
        if let answer = try text(name, values) { return answer }
        if let answer = try collection(name, values) { return answer }
        if let answer = try number(name, values) { return answer }
        throw .invalidTemplate("The template function '\(name)' is not valid")
    }

    static func bool(_ value: JSONValue) throws(ARMFailure) -> Bool {
        if let answer = value.boolValue { return answer }
        throw .invalidTemplate("A boolean is expected instead of \(value.json())")
    }

    private static func logical(_ name: String, _ values: [JSONValue]) throws(ARMFailure) -> JSONValue? {
        switch (name, values.count) {
        case ("true", 0): true
        case ("false", 0): false
        case ("null", 0): .null
        case ("not", 1): .bool(!(try bool(values[0])))
        case ("equals", 2): .bool(values[0] == values[1])
        case ("bool", 1): .bool(values[0] == true || values[0].stringValue?.lowercased() == "true" || values[0] == 1)
        case ("empty", 1): .bool(length(values[0]) == 0 || values[0] == .null)
        case ("greater", 2): .bool((values[0].integerValue ?? 0) > (values[1].integerValue ?? 0))
        case ("less", 2): .bool((values[0].integerValue ?? 0) < (values[1].integerValue ?? 0))
        case ("greaterorequals", 2): .bool((values[0].integerValue ?? 0) >= (values[1].integerValue ?? 0))
        case ("lessorequals", 2): .bool((values[0].integerValue ?? 0) <= (values[1].integerValue ?? 0))
        default: nil
        }
    }

    private static func text(_ name: String, _ values: [JSONValue]) throws(ARMFailure) -> JSONValue? {
        let texts = values.map(plain)
        switch (name, values.count) {
        case ("concat", 1...) where values.allSatisfy({ $0.arrayValue == nil }): return .string(texts.joined())
        case ("format", 1...): return .string(formatted(texts))
        case ("string", 1): return .string(texts[0])
        case ("tolower", 1): return .string(texts[0].lowercased())
        case ("toupper", 1): return .string(texts[0].uppercased())
        case ("trim", 1): return .string(String(texts[0].drop(while: \.isWhitespace)))
        case ("replace", 3):
            return .string(
                texts[0].split(separator: texts[1], omittingEmptySubsequences: false)
                    .joined(separator: texts[2])
            )
        case ("split", 2):
            let parts = texts[0].split(separator: texts[1], omittingEmptySubsequences: false)
            return .array(parts.map { .string(String($0)) })
        case ("substring", 2...3):
            let start = Int(values[1].integerValue ?? 0)
            let count = values.count > 2 ? Int(values[2].integerValue ?? 0) : texts[0].count - start
            guard start >= 0, count >= 0, start + count <= texts[0].count else {
                throw .invalidTemplate("'substring' reaches beyond '\(texts[0])'")
            }
            return .string(String(texts[0].dropFirst(start).prefix(count)))
        case ("startswith", 2): return .bool(texts[0].lowercased().hasPrefix(texts[1].lowercased()))
        case ("endswith", 2): return .bool(texts[0].lowercased().hasSuffix(texts[1].lowercased()))
        case ("base64", 1): return .string(Base64.encode(texts[0].utf8))
        case ("base64tostring", 1):
            return .string(String(decoding: Base64.decode(Array(texts[0].utf8)) ?? [], as: UTF8.self))
        case ("uniquestring", 1...): return .string(String(try digest(texts).prefix(13)))
        case ("guid", 1...): return .string(guid(try digest(texts)))
        case ("json", 1):
            guard let value = try? JSONValue(json: texts[0]) else { throw .invalidTemplate("'json' got no JSON") }
            return value
        case ("join", 2): return .string((values[0].arrayValue ?? []).map(plain).joined(separator: texts[1]))
        default: return nil
        }
    }

    private static func collection(_ name: String, _ values: [JSONValue]) throws(ARMFailure) -> JSONValue? {
        switch (name, values.count) {
        case ("length", 1): return .integer(Int64(length(values[0])))
        case ("createarray", _): return .array(values)
        case ("array", 1): return values[0].arrayValue == nil ? .array(values) : values[0]
        case ("concat", 1...): return .array(values.flatMap { $0.arrayValue ?? [$0] })
        case ("createobject", _):
            guard values.count.isMultiple(of: 2) else { throw .invalidTemplate("'createObject' takes pairs") }
            var object: JSONObject = [:]
            for place in stride(from: 0, to: values.count, by: 2) { object[plain(values[place])] = values[place + 1] }
            return .object(object)
        case ("union", 2...):
            if values[0].arrayValue != nil {
                var all: [JSONValue] = []
                for item in values.flatMap({ $0.arrayValue ?? [] }) where !all.contains(item) { all.append(item) }
                return .array(all)
            }
            var object: JSONObject = [:]
            for part in values { for (key, value) in part.objectValue ?? [:] { object[key] = value } }
            return .object(object)
        case ("contains", 2):
            if let items = values[0].arrayValue { return .bool(items.contains(values[1])) }
            if let object = values[0].objectValue { return .bool(object[plain(values[1])] != nil) }
            return .bool(plain(values[0]).contains(plain(values[1])))
        case ("first", 1):
            return values[0].arrayValue.map { $0.first ?? .null } ?? .string(String(plain(values[0]).prefix(1)))
        case ("last", 1):
            return values[0].arrayValue.map { $0.last ?? .null } ?? .string(String(plain(values[0]).suffix(1)))
        case ("take", 2):
            let count = Int(values[1].integerValue ?? 0)
            return values[0].arrayValue.map { .array(Array($0.prefix(count))) }
                ?? .string(String(plain(values[0]).prefix(count)))
        case ("skip", 2):
            let count = Int(values[1].integerValue ?? 0)
            return values[0].arrayValue.map { .array(Array($0.dropFirst(count))) }
                ?? .string(String(plain(values[0]).dropFirst(count)))
        default: return nil
        }
    }

    private static func number(_ name: String, _ values: [JSONValue]) throws(ARMFailure) -> JSONValue? {
        if name == "int", values.count == 1, let number = Int64(plain(values[0])) { return .integer(number) }
        let numbers = values.compactMap(\.integerValue)
        guard numbers.count == values.count, numbers.count == 2 else { return nil }
        switch name {
        case "add": return .integer(numbers[0] + numbers[1])
        case "sub": return .integer(numbers[0] - numbers[1])
        case "mul": return .integer(numbers[0] * numbers[1])
        case "div" where numbers[1] != 0: return .integer(numbers[0] / numbers[1])
        case "mod" where numbers[1] != 0: return .integer(numbers[0] % numbers[1])
        case "min": return .integer(min(numbers[0], numbers[1]))
        case "max": return .integer(max(numbers[0], numbers[1]))
        default: return nil
        }
    }

    // MARK: - Help

    private static func plain(_ value: JSONValue) -> String { value.stringValue ?? value.json() }

    private static func length(_ value: JSONValue) -> Int {
        value.arrayValue?.count ?? value.objectValue?.count ?? value.stringValue?.count ?? 0
    }

    /// `{0}` and its like; `{{` stands for a brace.
    private static func formatted(_ texts: [String]) -> String {
        var result = texts[0].split(separator: "{{", omittingEmptySubsequences: false).joined(separator: "\u{1}")
        for (place, text) in texts.dropFirst().enumerated() {
            result = result.split(separator: "{\(place)}", omittingEmptySubsequences: false).joined(separator: text)
        }
        return result.split(separator: "}}", omittingEmptySubsequences: false).joined(separator: "}")
            .split(separator: "\u{1}", omittingEmptySubsequences: false).joined(separator: "{")
    }

    private static func digest(_ texts: [String]) throws(ARMFailure) -> String {
        guard let digest = try? SHA256.digest(Array(texts.joined(separator: "-").utf8)) else {
            throw ARMFailure(500, "InternalServerError", "No digest can be made.")
        }
        return Hexadecimal.encode(digest)
    }

    private static func guid(_ digits: String) -> String {
        let digits = Array(digits)
        return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }.joined(separator: "-")
    }
}
