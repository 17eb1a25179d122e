// SPDX-License-Identifier: Apache-2.0

/// A string of the query language: bytes, which usually but not always are UTF-8.
///
/// Lengths, indices, slices and comparisons are those of the bytes. Only JSON output and ``text`` repair what is not
/// UTF-8, with U+FFFD.
public struct VQLString: Sendable {
    private enum Storage: Sendable {
        case text(String)
        /// Bytes that are not valid UTF-8.
        case bytes([UInt8])
    }

    private var storage: Storage

    public init(_ text: String) { storage = .text(text) }

    public init(bytes: some Collection<UInt8>) {
        if let text = String(validating: bytes, as: UTF8.self) {
            storage = .text(text)
        } else {
            storage = .bytes(Array(bytes))
        }
    }

    /// The text, with U+FFFD for what is not UTF-8.
    public var text: String {
        switch storage {
        case .text(let text): text
        case .bytes(let bytes): String(decoding: bytes, as: UTF8.self)
        }
    }

    public var bytes: [UInt8] {
        switch storage {
        case .text(let text): Array(text.utf8)
        case .bytes(let bytes): bytes
        }
    }

    /// The number of bytes.
    public var count: Int {
        switch storage {
        case .text(let text): text.utf8.count
        case .bytes(let bytes): bytes.count
        }
    }

    public var isEmpty: Bool { count == 0 }

    public static func + (left: VQLString, right: VQLString) -> VQLString {
        if case .text(let a) = left.storage, case .text(let b) = right.storage { return VQLString(a + b) }
        return VQLString(bytes: left.bytes + right.bytes)
    }

    /// Runs `body` on the bytes without copying them where that can be had.
    func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result {
        switch storage {
        case .text(let text):
            if let result = try text.utf8.withContiguousStorageIfAvailable(body) { return result }
            return try Array(text.utf8).withUnsafeBufferPointer(body)
        case .bytes(let bytes):
            return try bytes.withUnsafeBufferPointer(body)
        }
    }

    /// Whether `part` occurs in the bytes; an empty part always does.
    func contains(_ part: VQLString) -> Bool {
        withBytes { whole in
            part.withBytes { wanted in
                guard wanted.count <= whole.count else { return false }
                return (0...(whole.count - wanted.count)).contains { start in
                    wanted.indices.allSatisfy { whole[start + $0] == wanted[$0] }
                }
            }
        }
    }
}

extension VQLString: Hashable, Comparable {
    public static func == (left: VQLString, right: VQLString) -> Bool {
        left.withBytes { a in right.withBytes { b in a.count == b.count && a.elementsEqual(b) } }
    }

    /// Byte by byte.
    public static func < (left: VQLString, right: VQLString) -> Bool {
        left.withBytes { a in right.withBytes { b in a.lexicographicallyPrecedes(b) } }
    }

    public func hash(into hasher: inout Hasher) {
        withBytes { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}

extension VQLString: ExpressibleByStringLiteral {
    public init(stringLiteral value: String) { self.init(value) }
}
