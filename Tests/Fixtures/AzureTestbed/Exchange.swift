// SPDX-License-Identifier: Apache-2.0

import HTTPServer
public import JSONValue

/// One request, as it is asked of the endpoint and as tests look at it afterwards.
public struct RecordedRequest: Sendable {
    public let method: String
    public let path: String
    public let query: [String: String]
    /// By name in lower case.
    public let headers: [String: String]
    public let body: JSONValue
    /// The whole body as it came.
    public let text: String

    /// The path's parts, decoded.
    var segments: [String] { path.split(separator: "/").map { Self.decoded(String($0)) } }

    /// Whether it is meant to change something.
    public var isChange: Bool {
        switch method {
        case "PUT", "PATCH", "DELETE": true
        case "POST":
            ["/start", "/restart", "/cancel", "/poweroff", "/deallocate"].contains { path.lowercased().hasSuffix($0) }
        default: false
        }
    }

    init(_ request: HTTPRequest) {
        method = request.method
        path = request.path
        var query: [String: String] = [:]
        for part in request.query.split(separator: "&") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            query[Self.decoded(pair[0])] = pair.count > 1 ? Self.decoded(pair[1]) : ""
        }
        self.query = query
        headers = request.headers
        text = String(decoding: request.body, as: UTF8.self)
        body = (try? JSONValue(json: request.body)) ?? .null
    }

    static func decoded(_ text: String) -> String {
        var (bytes, rest): ([UInt8], Substring.UTF8View) = ([], text[...].utf8)
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// What is answered.
struct Answer {
    var status: Int
    var headers: [(name: String, value: String)] = []
    var body: JSONValue?
    var text: String?

    init(_ status: Int, _ body: JSONValue? = nil, headers: [(name: String, value: String)] = []) {
        self.status = status
        self.body = body
        self.headers = headers
    }

    /// Something else than JSON.
    init(_ status: Int, text: String) {
        self.init(status)
        self.text = text
    }

    init(_ failure: ARMFailure) {
        self.init(failure.status, ["error": failure.json])
    }
}
