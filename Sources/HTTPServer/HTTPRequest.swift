// SPDX-License-Identifier: Apache-2.0

/// What a client asked for.
public struct HTTPRequest: Sendable {
    /// In capitals, as it was sent.
    public var method: String
    /// The target before its query, not decoded.
    public var path: String
    /// What follows the question mark, not decoded; empty where there is none.
    public var query: String
    /// By name in lower case; of several headers of one name the last.
    public var headers: [String: String]
    public var body: [UInt8]
    /// The client's address without its port.
    public var remoteAddress: String
}

extension HTTPRequest {
    /// What a request may cost.
    enum Limit {
        static let head = 16 << 10
        static let body = 1 << 20
    }

    /// Reads the head of a request, without the empty line that ends it; `nil` where it is none.
    init?(head: [UInt8], remoteAddress: String) {
        let lines = String(decoding: head, as: UTF8.self).split(separator: "\r\n")
        let words = lines.first?.split(separator: " ") ?? []
        guard words.count == 3, words[2].hasPrefix("HTTP/1."), words[1].hasPrefix("/") else { return nil }
        method = String(words[0])
        path = String(words[1].prefix { $0 != "?" })
        query = String(words[1].dropFirst(path.count).dropFirst())
        headers = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            headers[line[..<colon].lowercased()] = String(value)
        }
        body = []
        self.remoteAddress = remoteAddress
    }

    /// How many bytes follow the head; `nil` where that is not told in a way that is understood.
    var bodyLength: Int? {
        if headers["transfer-encoding"] != nil { return nil }
        guard let text = headers["content-length"] else { return 0 }
        return Int(text).flatMap { $0 >= 0 ? $0 : nil }
    }
}
