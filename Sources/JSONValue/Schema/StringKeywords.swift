// SPDX-License-Identifier: Apache-2.0

/// `minLength` and `maxLength`, in Unicode code points.
struct LengthKeyword: SchemaKeyword {
    let least: Int?
    let most: Int?

    func check(_ value: JSONValue, in validation: inout SchemaValidation) {
        guard let length = value.stringValue?.unicodeScalars.count else { return }
        if let least, length < least {
            validation.report("minLength", "expected at least \(counted(least, "character")), got \(length)")
        }
        if let most, length > most {
            validation.report("maxLength", "expected at most \(counted(most, "character")), got \(length)")
        }
    }
}

/// `pattern`: a match anywhere in the string.
struct PatternKeyword: SchemaKeyword {
    let pattern: Pattern

    func check(_ value: JSONValue, in validation: inout SchemaValidation) {
        guard let text = value.stringValue, !pattern.matches(text) else { return }
        validation.report(
            "pattern",
            "expected a string that matches \(pattern.source), got \(validation.describe(value))"
        )
    }
}

/// `format`, asserted for the formats that are known.
struct FormatKeyword: SchemaKeyword {
    let format: TextFormat

    func check(_ value: JSONValue, in validation: inout SchemaValidation) {
        guard let text = value.stringValue, !format.accepts(text) else { return }
        validation.report("format", "expected \(format.explanation), got \(validation.describe(value))")
    }
}

/// `1 character`, `2 characters`.
func counted(_ number: Int, _ noun: String, plural: String? = nil) -> String {
    number == 1 ? "1 \(noun)" : "\(number) \(plural ?? noun + "s")"
}

extension SchemaCompiler {
    static func stringKeywords(_ source: SchemaSource) throws(JSONSchemaError) -> [any SchemaKeyword] {
        var keywords: [any SchemaKeyword] = []
        let least = try source.count("minLength")
        let most = try source.count("maxLength")
        if least != nil || most != nil { keywords.append(LengthKeyword(least: least, most: most)) }
        if let text = try source.string("pattern") {
            do throws(PatternError) {
                keywords.append(PatternKeyword(pattern: try Pattern(text)))
            } catch {
                throw source.failure("pattern", "\"\(text)\" is not a supported regular expression: \(error)")
            }
        }
        if let format = try source.string("format").flatMap(TextFormat.init(rawValue:)) {
            keywords.append(FormatKeyword(format: format))
        }
        return keywords
    }
}
