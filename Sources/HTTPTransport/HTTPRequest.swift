// SPDX-License-Identifier: Apache-2.0

/// One request.
public struct HTTPRequest: Sendable {
    public var method: String
    /// `http://` or `https://`, without user and password: those belong in ``basic``.
    public var url: String
    public var headers: HTTPHeaders
    public var body: HTTPRequestBody
    public var limits: HTTPTimeLimits
    /// How many bytes ``HTTPClient/send(_:)`` collects and ``HTTPClient/download(_:to:)`` writes at most. More is
    /// `resource_exhausted`. A stream is not counted.
    public var greatestBody: Int64
    /// How many redirects are followed. Only GET and HEAD follow any, and never from `https` to `http`.
    public var redirects: Int
    /// Sent as Basic authorization to this host only.
    public var basic: HTTPBasicCredentials?

    public init(
        _ method: String = "GET",
        _ url: String,
        headers: HTTPHeaders = [:],
        body: HTTPRequestBody = .none,
        limits: HTTPTimeLimits = HTTPTimeLimits(),
        greatestBody: Int64 = 16 << 20,
        redirects: Int = 0,
        basic: HTTPBasicCredentials? = nil
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.limits = limits
        self.greatestBody = greatestBody
        self.redirects = redirects
        self.basic = basic
    }

    /// Where the request goes, for messages: what follows the path may hold a key.
    var place: String {
        let end = url.firstIndex { $0 == "?" || $0 == "#" } ?? url.endIndex
        return "\(method) \(url[..<end])"
    }
}
