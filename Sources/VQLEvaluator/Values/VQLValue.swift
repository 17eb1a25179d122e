// SPDX-License-Identifier: Apache-2.0

/// One value of the query language.
///
/// Plain values are copied. Dictionaries are shared boxes, because `set()` changes the dictionary it is given;
/// queries and expressions are kept unevaluated until something needs their rows or their value. The large cases are
/// indirect: rows are copied often, and a value should stay three words long.
public enum VQLValue: Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    /// What the server calls `uint64`: the result of `count()` and every integer that came from JSON.
    case unsigned(UInt64)
    case double(Double)
    case string(VQLString)
    case list([VQLValue])
    case dictionary(VQLDictionary)
    case time(VQLTime)
    /// A query that has not run yet; it runs anew each time its rows are needed.
    indirect case query(StoredQuery)
    /// A `LET name = expression` that has not been evaluated; seen only in a scope, never in a row.
    indirect case expression(StoredExpression)
    /// A scope as a value, from `scope()`.
    case scope(Scope)
    /// Anything else that has members: a reference to an artifact, a cache, what a plugin brings along.
    indirect case object(any VQLObject)
}

// MARK: - Making values

extension VQLValue {
    /// A string value from text.
    public static func text(_ text: String) -> VQLValue { .string(VQLString(text)) }

    /// A dictionary value with the members of a row.
    public static func dict(_ row: VQLRow) -> VQLValue { .dictionary(VQLDictionary(row)) }

    /// A list of dictionaries, one for each row.
    public static func rows(_ rows: [VQLRow]) -> VQLValue { .list(rows.map(VQLValue.dict)) }
}

extension VQLValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringInterpolation, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    public init(nilLiteral: ()) { self = .null }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(integerLiteral value: Int64) { self = .integer(value) }
    public init(floatLiteral value: Double) { self = .double(value) }
    public init(stringLiteral value: String) { self = .text(value) }
    public init(arrayLiteral elements: VQLValue...) { self = .list(elements) }
    public init(dictionaryLiteral elements: (String, VQLValue)...) { self = .dict(VQLRow(elements)) }
}

// MARK: - Reading values

extension VQLValue {
    public var isNull: Bool {
        if case .null = self { return true }
        return false
    }

    /// The text of a string; `nil` for anything else.
    public var stringValue: String? {
        guard case .string(let value) = self else { return nil }
        return value.text
    }

    /// A number as an integer; fractions are cut off. `nil` for anything that is no number.
    public var integerValue: Int64? {
        switch self {
        case .integer(let value): value
        case .unsigned(let value): Int64(clamping: value)
        case .double(let value): Int64(truncatingInRange: value)
        case .bool(let value): value ? 1 : 0
        default: nil
        }
    }

    /// A number as a double; `nil` for anything that is no number.
    public var doubleValue: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .unsigned(let value): Double(value)
        case .double(let value): value
        case .bool(let value): value ? 1 : 0
        default: nil
        }
    }

    public var listValue: [VQLValue]? {
        guard case .list(let value) = self else { return nil }
        return value
    }

    /// The members of a dictionary as they are now; `nil` for anything else.
    public var rowValue: VQLRow? {
        guard case .dictionary(let value) = self else { return nil }
        return value.row
    }
}

extension Int64 {
    /// The integer part of a double, held inside the range of 64 bits; 0 for NaN.
    init(truncatingInRange value: Double) {
        guard !value.isNaN else {
            self = 0
            return
        }
        self = Int64(exactly: value.rounded(.towardZero)) ?? (value < 0 ? .min : .max)
    }
}
