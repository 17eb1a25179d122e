// SPDX-License-Identifier: Apache-2.0

/// `minimum`, `maximum` and their exclusive forms.
struct NumberLimitKeyword: SchemaKeyword {
    enum Relation: String, CaseIterable {
        case minimum
        case maximum
        case exclusiveMinimum
        case exclusiveMaximum

        var words: String {
            switch self {
            case .minimum: "at least"
            case .maximum: "at most"
            case .exclusiveMinimum: "more than"
            case .exclusiveMaximum: "less than"
            }
        }
    }

    let relation: Relation
    let limit: ExactDecimal
    let literal: String

    func check(_ value: JSONValue, in validation: inout SchemaValidation) {
        guard let number = value.decimal, !holds(number) else { return }
        validation.report(
            relation.rawValue,
            "expected a number of \(relation.words) \(literal), got \(validation.describe(value))"
        )
    }

    private func holds(_ number: ExactDecimal) -> Bool {
        switch relation {
        case .minimum: number >= limit
        case .maximum: number <= limit
        case .exclusiveMinimum: number > limit
        case .exclusiveMaximum: number < limit
        }
    }
}

/// `multipleOf`, without rounding: 0.3 is a multiple of 0.1.
struct MultipleKeyword: SchemaKeyword {
    let divisor: ExactDecimal
    let digits: UInt64
    let literal: String

    func check(_ value: JSONValue, in validation: inout SchemaValidation) {
        guard let number = value.decimal, !number.isMultiple(of: divisor, digits: digits) else { return }
        validation.report("multipleOf", "expected a multiple of \(literal), got \(validation.describe(value))")
    }
}

extension SchemaCompiler {
    static func numberKeywords(_ source: SchemaSource) throws(JSONSchemaError) -> [any SchemaKeyword] {
        var keywords: [any SchemaKeyword] = []
        for relation in NumberLimitKeyword.Relation.allCases {
            let keyword = relation.rawValue
            guard let limit = try source.decimal(keyword) else { continue }
            let literal = source.object[keyword]?.json() ?? ""
            keywords.append(NumberLimitKeyword(relation: relation, limit: limit, literal: literal))
        }
        if let divisor = try source.decimal("multipleOf") {
            guard !divisor.isNegative, !divisor.isZero else {
                throw source.failure("multipleOf", "\"multipleOf\" must be more than 0")
            }
            guard let digits = divisor.smallDigits else {
                throw source.failure("multipleOf", "\"multipleOf\" must not have more than 18 digits")
            }
            let literal = source.object["multipleOf"]?.json() ?? ""
            keywords.append(MultipleKeyword(divisor: divisor, digits: digits, literal: literal))
        }
        return keywords
    }
}
