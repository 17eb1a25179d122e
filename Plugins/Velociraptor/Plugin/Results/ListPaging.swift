// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors

/// Pages through a list that the server gives whole, in a fixed order: it is asked for anew for every page.
///
/// That the items before the page are still the same is shown by their keys.
struct ListPaging: Sendable {
    private let request: String
    private let cursor: PageCursor?
    private let limit: Int

    /// - Parameter request: ``PageCursor/request(_:_:)`` of the call.
    init(request: String, cursor token: String?, limit: Int) throws(MegaraptorError) {
        self.request = request
        self.limit = limit
        cursor = try PageCursor(token: token, request: request)
    }

    var offset: Int { cursor?.offset ?? 0 }

    /// How many items to ask for: those before the page, the page, and one that tells whether there are more.
    var wanted: Int { offset + limit + 1 }

    /// The page's part of the items, from the first of the list on.
    ///
    /// - Throws: `conflict` where the items before the page are others than they were.
    func page(
        of items: [JSONValue],
        key: (JSONValue) -> String
    ) throws(MegaraptorError) -> (items: [JSONValue], hasMore: Bool, cursor: @Sendable (Int) -> PageCursor) {
        if let cursor {
            guard items.count >= cursor.offset, mark(items, key, cursor.offset) == cursor.print else {
                throw PageCursor.changed
            }
        }
        let page = Array(items.dropFirst(offset).prefix(limit))
        let keys = items.prefix(offset + page.count).map(key)
        return (
            page, items.count > offset + limit,
            { [request, offset] shown in
                let end = offset + shown
                return PageCursor(request: request, offset: end, print: Fingerprint(of: keys.prefix(end)).text)
            }
        )
    }

    private func mark(_ items: [JSONValue], _ key: (JSONValue) -> String, _ count: Int) -> String {
        Fingerprint(of: items.prefix(count).map(key)).text
    }
}
