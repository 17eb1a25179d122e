// SPDX-License-Identifier: Apache-2.0

import COpenSSL

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// One accepted connection, plain or over TLS. Used by the one thread that serves it.
struct Connection: ~Copyable {
    private let descriptor: Int32
    private let tls: OpaquePointer?

    private init(_ descriptor: Int32, _ tls: OpaquePointer?) {
        self.descriptor = descriptor
        self.tls = tls
    }

    /// Shakes hands where there is an identity; `nil` where that fails. The descriptor stays the caller's.
    static func accepted(_ descriptor: Int32, _ identity: TLSIdentity?) -> Connection? {
        guard let identity else { return Connection(descriptor, nil) }
        ERR_clear_error()
        guard let tls = SSL_new(identity.context) else { return nil }
        guard SSL_set_fd(tls, descriptor) == 1, SSL_accept(tls) == 1 else {
            SSL_free(tls)
            return nil
        }
        return Connection(descriptor, tls)
    }

    deinit {
        guard let tls else { return }
        ERR_clear_error()
        SSL_shutdown(tls)
        SSL_free(tls)
    }

    /// Some bytes; none at the end, after a time-out or on an error.
    func read() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 4096) { buffer, count in
            let got: Int
            if let tls {
                ERR_clear_error()
                got = Int(SSL_read(tls, buffer.baseAddress, Int32(buffer.count)))
            } else {
                got = recv(descriptor, buffer.baseAddress, buffer.count, 0)
            }
            count = max(0, got)
        }
    }

    func write(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while let start = UnsafeRawBufferPointer(rebasing: rest).baseAddress {
                let sent: Int
                if let tls {
                    ERR_clear_error()
                    sent = Int(SSL_write(tls, start, Int32(clamping: rest.count)))
                } else {
                    sent = send(descriptor, start, rest.count, Int32(MSG_NOSIGNAL))
                }
                guard sent > 0 else { return }
                rest = rest.dropFirst(sent)
                if rest.isEmpty { return }
            }
        }
    }
}

extension Connection {
    /// Reads one request, or what to answer in its place; `nil` where the client has nothing to say.
    func request(from remoteAddress: String, until end: ContinuousClock.Instant) -> HTTPReading? {
        var bytes: [UInt8] = []
        while true {
            if let length = Self.headLength(bytes) {
                guard let request = HTTPRequest(head: Array(bytes[..<length]), remoteAddress: remoteAddress) else {
                    return .refuse(HTTPResponse(400))
                }
                return body(of: request, begun: Array(bytes[(length + 4)...]), until: end)
            }
            if bytes.count > HTTPRequest.Limit.head { return .refuse(HTTPResponse(431)) }
            let more = read()
            guard !more.isEmpty, ContinuousClock.now < end else { return nil }
            bytes += more
        }
    }

    private func body(of request: HTTPRequest, begun: [UInt8], until end: ContinuousClock.Instant) -> HTTPReading? {
        guard let length = request.bodyLength else { return .refuse(HTTPResponse(400)) }
        guard length <= HTTPRequest.Limit.body else { return .refuse(HTTPResponse(413)) }
        var bytes = begun
        while bytes.count < length {
            let more = read()
            guard !more.isEmpty, ContinuousClock.now < end else { return nil }
            bytes += more
        }
        var request = request
        request.body = Array(bytes.prefix(length))
        return .take(request)
    }

    private static func headLength(_ bytes: [UInt8]) -> Int? {
        let mark: [UInt8] = [13, 10, 13, 10]
        guard bytes.count >= mark.count else { return nil }
        return (0...(bytes.count - mark.count)).first { bytes[$0..<($0 + mark.count)].elementsEqual(mark) }
    }
}

/// What came of reading a request.
enum HTTPReading {
    case take(HTTPRequest)
    case refuse(HTTPResponse)
}
