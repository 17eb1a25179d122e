// SPDX-License-Identifier: Apache-2.0

public import MegaraptorErrors

/// Sends requests to one kind of place. A value; every request makes its own connection where none is to be kept.
///
/// Each transfer has a thread of its own, so nothing here blocks the threads of tasks. A task that is cancelled ends its
/// transfer at once. No answer is an error by its status: the caller judges that.
public struct HTTPClient: Sendable {
    /// A socket of the local machine that stands for every host; the host in the URL is then only sent.
    public var unixSocket: String?
    /// Where connections go instead of to the host and port of the URL, which certificates and the `Host` field keep.
    public var address: HTTPAddress?
    public var trust: HTTPTrust
    /// Whether the proxy of the environment is used. Never for a Unix socket or this machine.
    public var usesProxy: Bool
    /// Kept for the requests of this client and its copies; `nil` where each makes its own.
    public var connection: HTTPConnection?
    /// Whether answers tell the server's certificate: for logins that are bound to the channel.
    public var tellsCertificate: Bool

    public init(
        unixSocket: String? = nil,
        address: HTTPAddress? = nil,
        trust: HTTPTrust = HTTPTrust(),
        usesProxy: Bool = true,
        connection: HTTPConnection? = nil,
        tellsCertificate: Bool = false
    ) {
        self.unixSocket = unixSocket
        self.address = address
        self.trust = trust
        self.usesProxy = usesProxy
        self.connection = connection
        self.tellsCertificate = tellsCertificate
    }

    /// Sends a request and waits for the whole answer.
    ///
    /// - Throws: `unavailable` where nobody answers, `unauthenticated` where TLS does not trust, `deadline_exceeded`,
    ///   `resource_exhausted` where the body is too large, `cancelled`. `details.sent` says whether the request may
    ///   have reached the server; where there is an operating system error, `details.errno` is its number.
    public func send(_ request: HTTPRequest) async throws(MegaraptorError) -> HTTPResponse {
        let stream = try await open(request)
        var body: [UInt8] = []
        for try await chunk in stream.body {
            guard Int64(body.count + chunk.count) <= request.greatestBody else {
                throw HTTPFailure.tooLarge(request)
            }
            body += chunk
        }
        return HTTPResponse(head: stream.head, body: body)
    }

    /// Sends a request and waits for the head of the answer; the body is read as it comes.
    ///
    /// The server is held back while nobody reads. Letting go of the stream ends the transfer.
    public func open(_ request: HTTPRequest) async throws(MegaraptorError) -> HTTPStream {
        let transfer = Transfer(request, from: self, into: .reader)
        try transfer.start()
        let body = HTTPBody(transfer)
        return HTTPStream(head: try await transfer.head(), body: body)
    }

    /// Sends a request and writes the body of a successful answer to an open file, from where it stands.
    ///
    /// The file stays open, and is not complete unless this returns. The body of any other answer comes back instead, as
    /// far as 64 KiB.
    public func download(_ request: HTTPRequest, to descriptor: Int32) async throws(MegaraptorError) -> HTTPResponse {
        let transfer = Transfer(request, from: self, into: .file(descriptor))
        try transfer.start()
        let body = HTTPBody(transfer)
        let head = try await transfer.head()
        var rest: [UInt8] = []
        for try await chunk in body where rest.count < 65_536 { rest += chunk.prefix(65_536 - rest.count) }
        return HTTPResponse(head: head, body: rest)
    }
}
