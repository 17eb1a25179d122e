// SPDX-License-Identifier: Apache-2.0

package import JSONValue
package import MegaraptorErrors

/// What C functions take and give.
package enum NativeType: String, Sendable, CaseIterable {
    case bool, int8, int16, int32, int64, uint8, uint16, uint32, uint64, double
    /// UTF-8 up to a NUL.
    case string
    case bytes
    /// A pointer that only the library understands.
    case handle

    /// The schema has accepted the name.
    init(of json: JSONValue) { self = json["type"]?.stringValue.flatMap(NativeType.init) ?? .handle }

    package var integer: (bits: Int, isSigned: Bool)? {
        Int(rawValue.drop(while: \.isLetter)).map { ($0, rawValue.hasPrefix("i")) }
    }

    /// Text or bytes: a pointer to memory that holds them.
    package var isContent: Bool { self == .string || self == .bytes }
    package var isPointer: Bool { isContent || self == .handle }

    /// What a JSON Schema calls such values; `nil` for those that never stand in JSON.
    var schemaType: String? {
        switch self {
        case .bool: "boolean"
        case .double: "number"
        case .string, .bytes: "string"
        case .handle: nil
        default: "integer"
        }
    }

    /// A number or a truth that fits, an integer in two's complement. `1.0` is one too, as it is for JSON Schema.
    package func bits(of value: JSONValue) -> UInt64? {
        if self == .bool { return value.boolValue.map { $0 ? 1 : 0 } }
        if self == .double { return value.doubleValue.flatMap { $0.isFinite ? $0.bitPattern : nil } }
        guard let (bits, isSigned) = integer else { return nil }
        if !isSigned {
            return Self.whole(value, UInt64.self).flatMap { $0 <= UInt64.max >> (64 - bits) ? $0 : nil }
        }
        guard let number = Self.whole(value, Int64.self), [0, -1].contains(number >> (bits - 1)) else { return nil }
        return UInt64(bitPattern: number)
    }

    private static func whole<T: FixedWidthInteger>(_ value: JSONValue, _: T.Type) -> T? {
        switch value {
        case .integer(let number): T(exactly: number)
        case .number(let number): T(number.literal) ?? T(exactly: number.doubleValue)
        default: nil
        }
    }
}

/// A value as C gets it.
package enum NativeWord: Sendable, Hashable {
    case bits(UInt64)
    /// Text or bytes, which need memory.
    case content([UInt8])
}

extension NativeArgument {
    /// - Throws: where the value does not fit the declared type, with what would.
    package func word(_ value: JSONValue) throws(MegaraptorError) -> NativeWord {
        if value.isNull, type.isPointer { return .bits(0) }
        let text = value.stringValue
        let word: NativeWord? =
            switch type {
            case .string: text.flatMap { $0.utf8.contains(0) ? nil : .content(Array($0.utf8)) }
            case .bytes: text.flatMap { isText ? Array($0.utf8) : Base64.decode($0.utf8) }.map(NativeWord.content)
            default: type.bits(of: value).map(NativeWord.bits)
            }
        if let word { return word }
        throw MegaraptorError(
            .invalidArgument,
            "expected \(expectation), got \(text.map { "\"\($0.prefix(40))\"" } ?? value.json())"
        )
    }

    private var expectation: String {
        switch type {
        case .bool: "true or false"
        case .double: "a number that a double can hold"
        case .string: "text without a NUL character"
        case .bytes: isText ? "text" : "bytes in base64, padded with ="
        case .handle: "null"
        default: "\(type.rawValue), which is \(type.range)"
        }
    }
}

extension NativeType {
    fileprivate var range: String {
        guard let (bits, isSigned) = integer else { return "" }
        let largest = UInt64.max >> UInt64(isSigned ? 65 - bits : 64 - bits)
        return isSigned ? "-\(largest + 1) to \(largest)" : "0 to \(largest)"
    }
}
