// SPDX-License-Identifier: Apache-2.0

/// A name, or a pattern in which `*` stands for any text, also none. Nothing else is special.
public struct NamePattern: Sendable, Hashable {
    private let bytes: [UInt8]

    public init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// Compares byte by byte. Only the last `*` is ever tried again, so that no pattern takes exponential time.
    public func matches(_ name: String) -> Bool {
        let name = Array(name.utf8)
        var (place, inName) = (0, 0)
        var retry: (place: Int, inName: Int)?
        while inName < name.count {
            if place < bytes.count, bytes[place] == UInt8(ascii: "*") {
                place += 1
                retry = (place, inName)
            } else if place < bytes.count, bytes[place] == name[inName] {
                place += 1
                inName += 1
            } else if let last = retry {
                place = last.place
                inName = last.inName + 1
                retry = (last.place, last.inName + 1)
            } else {
                return false
            }
        }
        return bytes[place...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
