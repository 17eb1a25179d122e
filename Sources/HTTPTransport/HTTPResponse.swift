// SPDX-License-Identifier: Apache-2.0

/// What comes before the body of an answer.
public struct HTTPHead: Sendable, Hashable {
    public let status: Int
    public let headers: HTTPHeaders
    /// Whether a connection was made for this answer. Where one was to be kept, the server has ended that: whether it
    /// took the request there first, nobody knows.
    public internal(set) var isOnNewConnection = true
    /// The server's own certificate in PEM, where the client ``HTTPClient/tellsCertificate`` and a connection was made for
    /// this answer.
    public internal(set) var certificate: String?

    /// Whether the status is one of success (200 to 299).
    public var isSuccess: Bool { (200..<300).contains(status) }
}

/// A whole answer.
public struct HTTPResponse: Sendable, Hashable {
    public let head: HTTPHead
    public let body: [UInt8]

    public var status: Int { head.status }
    public var headers: HTTPHeaders { head.headers }
    public var isSuccess: Bool { head.isSuccess }
    /// The body as text; bytes that are no UTF-8 become replacement characters.
    public var text: String { String(decoding: body, as: UTF8.self) }
}
