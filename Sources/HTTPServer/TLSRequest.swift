// SPDX-License-Identifier: Apache-2.0

import COpenSSL

/// One request over TLS to somebody else's server, whose certificate the caller judges.
public struct TLSRequest: Sendable {
    public var host: String
    public var port: Int
    public var method: String
    public var path: String
    public var body: String

    public init(host: String, port: Int, method: String = "GET", path: String, body: String = "") {
        self.host = host
        self.port = port
        self.method = method
        self.path = path
        self.body = body
    }

    /// What came back. Nothing of it may be believed before ``certificate`` was judged.
    public struct Answer: Sendable {
        public var status: Int
        public var body: String
        /// The DER of the certificate that the other side presented.
        public var certificate: [UInt8]
    }

    /// Sends the request to whoever answers once `accepts` has taken its certificate.
    ///
    /// Blocks. `nil` where there is no connection, the certificate was not accepted, or what came back is no HTTP.
    public func send(accepts: (_ certificate: [UInt8]) -> Bool) -> Answer? {
        guard let stream = connected() else { return nil }
        defer { BIO_free_all(stream) }
        let certificate = Self.peerCertificate(of: stream)
        guard accepts(certificate) else { return nil }
        let text = """
            \(method) \(path) HTTP/1.1\r
            Host: \(host):\(port)\r
            Content-Length: \(body.utf8.count)\r
            Connection: close\r
            \r
            \(body)
            """
        let bytes = Array(text.utf8)
        guard BIO_write(stream, bytes, Int32(clamping: bytes.count)) == bytes.count else { return nil }
        return Self.parse(Self.all(of: stream), certificate)
    }

    private func connected() -> OpaquePointer? {
        ERR_clear_error()
        guard let context = SSL_CTX_new(TLS_client_method()) else { return nil }
        defer { SSL_CTX_free(context) }
        guard mr_ssl_require_tls12(context) == 1, let socket = BIO_new_connect("\(host):\(port)") else { return nil }
        guard let layer = BIO_new_ssl(context, 1), let stream = BIO_push(layer, socket) else {
            BIO_free_all(socket)
            return nil
        }
        guard BIO_ctrl(stream, BIO_C_DO_STATE_MACHINE, 0, nil) == 1 else {
            BIO_free_all(stream)
            return nil
        }
        return stream
    }

    private static func peerCertificate(of stream: OpaquePointer) -> [UInt8] {
        var tls: OpaquePointer?
        BIO_ctrl(stream, BIO_C_GET_SSL, 0, &tls)
        guard let tls, let certificate = SSL_get1_peer_certificate(tls) else { return [] }
        defer { X509_free(certificate) }
        var bytes = [UInt8](repeating: 0, count: Int(max(0, i2d_X509(certificate, nil))))
        bytes.withUnsafeMutableBufferPointer { buffer in
            var place = buffer.baseAddress
            i2d_X509(certificate, &place)
        }
        return bytes
    }

    private static func all(of stream: OpaquePointer) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while bytes.count < 1 << 20, case let count = BIO_read(stream, &chunk, Int32(chunk.count)), count > 0 {
            bytes += chunk[..<Int(count)]
        }
        return bytes
    }

    private static func parse(_ bytes: [UInt8], _ certificate: [UInt8]) -> Answer? {
        let text = String(decoding: bytes, as: UTF8.self)
        let words = text.prefix(64).split(separator: " ")
        guard words.count > 1, words[0].hasPrefix("HTTP/1."), let status = Int(words[1]) else { return nil }
        let body = text.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false).last ?? ""
        return Answer(status: status, body: String(body), certificate: certificate)
    }
}
