// SPDX-License-Identifier: Apache-2.0

/// Puts the head of an answer together from its lines, which curl gives one by one.
struct HTTPHeadReader {
    private let followsRedirects: Bool
    private var status: Int?
    private var headers = HTTPHeaders()
    /// The head of the answer that counts: no interim one, and no redirect that is followed.
    private(set) var head: HTTPHead?

    init(followsRedirects: Bool) {
        self.followsRedirects = followsRedirects
    }

    var isDone: Bool { head != nil }

    /// - Returns: the head, when its last line has come.
    mutating func take(_ line: UnsafeRawBufferPointer) -> HTTPHead? {
        // After the head come only trailers.
        guard head == nil else { return nil }
        let text = String(decoding: line.filter { $0 != 0x0D && $0 != 0x0A }, as: UTF8.self)
        if text.hasPrefix("HTTP/") {
            status = text.split(separator: " ").dropFirst().first.flatMap { Int($0) }
            headers = HTTPHeaders()
        } else if let colon = text.firstIndex(of: ":") {
            headers.add(String(text[..<colon]), Self.trimmed(text[text.index(after: colon)...]))
        } else if text.isEmpty, let status, status >= 200 {
            let isFollowed = followsRedirects && (300..<400).contains(status) && headers["Location"] != nil
            if !isFollowed { head = HTTPHead(status: status, headers: headers) }
        }
        return head
    }

    private static func trimmed(_ text: Substring) -> String {
        let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        guard let first = text.firstIndex(where: { !isBlank($0) }), let last = text.lastIndex(where: { !isBlank($0) })
        else { return "" }
        return String(text[first...last])
    }
}
