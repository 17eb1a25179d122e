// SPDX-License-Identifier: Apache-2.0

/// A number as arithmetic and comparison see it.
enum Number {
    case integer(Int64)
    case double(Double)

    /// - Parameter booleans: whether TRUE and FALSE count as 1 and 0 here.
    init?(_ value: VQLValue, booleans: Bool) {
        switch value {
        case .integer(let value): self = .integer(value)
        case .unsigned(let value): self = Int64(exactly: value).map(Number.integer) ?? .double(Double(value))
        case .double(let value): self = .double(value)
        case .bool(let value) where booleans: self = .integer(value ? 1 : 0)
        default: return nil
        }
    }

    var double: Double {
        switch self {
        case .integer(let value): Double(value)
        case .double(let value): value
        }
    }

    var isDouble: Bool {
        if case .double = self { return true }
        return false
    }

    /// Applies the operation to integers, or to doubles as soon as one of the two is a double.
    static func combine(
        _ left: Number,
        _ right: Number,
        _ integers: (Int64, Int64) -> Int64,
        _ doubles: (Double, Double) -> Double
    ) -> VQLValue {
        if case .integer(let a) = left, case .integer(let b) = right { return .integer(integers(a, b)) }
        return .double(doubles(left.double, right.double))
    }
}
