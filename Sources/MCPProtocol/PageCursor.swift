// SPDX-License-Identifier: Apache-2.0

internal import JSONValue

/// Where a list goes on: behind the item of a given name.
///
/// It holds the list's name and the last item's name rather than a number, so that an item that comes or goes on an
/// earlier page neither repeats nor hides one. Clients see hexadecimal digits and must not look inside.
public struct PageCursor: Sendable, Hashable {
    public let list: String
    public let lastItem: String

    public init(list: String, lastItem: String) {
        self.list = list
        self.lastItem = lastItem
    }

    /// - Returns: `nil` for text that this type never wrote.
    public init?(token: String) {
        guard let bytes = Hexadecimal.decode(token.utf8),
            let separator = bytes.firstIndex(of: 0),
            let list = String(validating: bytes[..<separator], as: UTF8.self),
            let lastItem = String(validating: bytes[(separator + 1)...], as: UTF8.self)
        else { return nil }
        self.init(list: list, lastItem: lastItem)
    }

    public var token: String {
        Hexadecimal.encode(Array(list.utf8) + [0] + Array(lastItem.utf8))
    }
}
