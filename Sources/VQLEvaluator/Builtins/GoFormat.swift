// SPDX-License-Identifier: Apache-2.0

/// Go's formatting verbs, as `format()` and `log()` take them.
enum GoFormat {
    /// Replaces each verb by its value. A value too few or too many shows in the text, as in Go.
    static func string(_ format: String, _ values: [VQLValue]) -> String {
        var result = ""
        var values = values[...]
        var rest = Substring(format)
        while let percent = rest.firstIndex(of: "%") {
            result += rest[..<percent]
            rest = rest[percent...].dropFirst()
            let flags = rest.prefix { "+-# 0123456789.".contains($0) }
            rest = rest.dropFirst(flags.count)
            guard let verb = rest.popFirst() else { return result + "%!(NOVERB)" }
            if verb == "%" {
                result += "%"
            } else if let value = values.popFirst() {
                result += Verb(verb, String(flags)).apply(value)
            } else {
                result += "%!\(verb)(MISSING)"
            }
        }
        result += rest
        if !values.isEmpty {
            let extra = values.map { "\($0.goTypeName)=\($0.displayText)" }
            result += "%!(EXTRA \(extra.joined(separator: ", ")))"
        }
        return result
    }

    /// Puts groups in place of `$1` and `${1}`.
    static func expand(_ template: String, _ groups: [Substring?]) -> String {
        var result = ""
        var rest = Substring(template)
        while let dollar = rest.firstIndex(of: "$") {
            result += rest[..<dollar]
            rest = rest[dollar...].dropFirst()
            if rest.first == "$" {
                result += "$"
                rest = rest.dropFirst()
                continue
            }
            let isBraced = rest.first == "{"
            if isBraced { rest = rest.dropFirst() }
            let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
            rest = rest.dropFirst(name.count)
            if isBraced, rest.first == "}" { rest = rest.dropFirst() }
            if let place = Int(name), groups.indices.contains(place) { result += groups[place] ?? "" }
        }
        return result + rest
    }

    /// One verb with its flags.
    private struct Verb {
        /// Go has the same limit.
        private static let widest = 1_000_000

        private let verb: Character
        private let flags: String
        private let width: Int
        private let precision: Int?

        init(_ verb: Character, _ flags: String) {
            self.verb = verb
            self.flags = String(flags.prefix { "+-# 0".contains($0) })
            let numbers = flags.dropFirst(self.flags.count).split(separator: ".", omittingEmptySubsequences: false)
            width = min(numbers.first.flatMap { Int($0) } ?? 0, Self.widest)
            precision = numbers.count > 1 ? Int(numbers[1]) ?? 0 : nil
        }

        func apply(_ value: VQLValue) -> String {
            padded(text(value) ?? "%!\(verb)(\(value.goTypeName)=\(value.displayText))")
        }

        /// `nil` where the verb does not go with the value.
        private func text(_ value: VQLValue) -> String? {
            switch verb {
            case "v": return value.displayText
            case "s":
                if case .string(let text) = value { return precision.map { String(text.text.prefix($0)) } ?? text.text }
                return value.isNumber ? nil : value.displayText
            case "q": return value.stringValue.map { VQLValue.text($0).jsonText }
            case "d": return value.isInteger ? value.integerValue.map { String($0) } : nil
            case "x", "X": return hexadecimal(value)
            case "f", "F", "e", "g": return floatingPoint(value)
            case "t":
                if case .bool(let truth) = value { return truth ? "true" : "false" }
                return nil
            case "T": return value.goTypeName
            default: return nil
            }
        }

        private func hexadecimal(_ value: VQLValue) -> String? {
            let digits: String
            if case .string(let text) = value {
                digits = text.bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            } else if value.isInteger, let number = value.integerValue {
                digits = (flags.contains("#") ? "0x" : "") + String(number, radix: 16)
            } else {
                return nil
            }
            return verb == "X" ? digits.uppercased() : digits
        }

        private func floatingPoint(_ value: VQLValue) -> String? {
            guard case .double(let number) = value else { return nil }
            if verb != "f" && verb != "F" { return GoNumber.display(number) }
            return FixedPoint.text(number, digits: precision ?? 6)
        }

        private func padded(_ text: String) -> String {
            let gap = width - text.count
            guard gap > 0 else { return text }
            if flags.contains("-") { return text + String(repeating: " ", count: gap) }
            guard flags.contains("0") else { return String(repeating: " ", count: gap) + text }
            let sign = text.hasPrefix("-") ? "-" : ""
            return sign + String(repeating: "0", count: gap) + text.dropFirst(sign.count)
        }
    }
}

extension VQLValue {
    fileprivate var isInteger: Bool {
        switch self {
        case .integer, .unsigned: true
        default: false
        }
    }

    fileprivate var isNumber: Bool {
        if case .double = self { return true }
        return isInteger
    }
}
