// SPDX-License-Identifier: Apache-2.0

public import JSONValue

/// A JSON object that was checked but not read: its members are pieces of the bytes it was made from.
///
/// The memory is borrowed. It must outlive the value and everything taken from it.
public struct RawObject {
    public let bytes: UnsafeRawBufferPointer
    private let parts: [JSONScanner.Member]

    public init(_ bytes: UnsafeRawBufferPointer) throws(JSONError) {
        self.bytes = bytes
        parts = try JSONScanner.members(of: bytes)
    }

    public subscript(name: String) -> UnsafeRawBufferPointer? {
        parts.first { $0.key == name }.map { UnsafeRawBufferPointer(rebasing: bytes[$0.range]) }
    }

    public var names: [String] { parts.map(\.key) }

    /// The text of a string member; `nil` where the member is missing or something else.
    public func string(_ name: String) throws(JSONError) -> String? {
        guard let raw = self[name], raw.kind == .string else { return nil }
        return try JSONValue(json: raw).stringValue
    }
}

/// What a piece of valid JSON is, by its first byte.
public enum JSONKind: Sendable, Hashable {
    case object, array, string, number, bool, null
}

extension Collection<UInt8> {
    /// The kind of the JSON value that starts here; the bytes must be valid JSON without space around it.
    public var kind: JSONKind {
        switch first {
        case UInt8(ascii: "{"): .object
        case UInt8(ascii: "["): .array
        case UInt8(ascii: "\""): .string
        case UInt8(ascii: "t"), UInt8(ascii: "f"): .bool
        case UInt8(ascii: "n"): .null
        default: .number
        }
    }
}
