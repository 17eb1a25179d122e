// SPDX-License-Identifier: Apache-2.0

import COpenSSL
import Foundation

/// A client of HTTP over TLS that trusts one authority and one name.
enum WebClient {
    struct Answer: Sendable {
        var status: Int
        var head: String
        var body: String

        init?(_ text: String) {
            let parts = text.components(separatedBy: "\r\n\r\n")
            guard parts.count > 1, let code = Int(parts[0].split(separator: " ").dropFirst().first ?? "") else {
                return nil
            }
            status = code
            head = parts[0]
            body = parts.dropFirst().joined(separator: "\r\n\r\n")
        }
    }

    /// Sends a request; `nil` where no connection that can be trusted comes about.
    ///
    /// - Parameter roots: the PEM of the authority; `nil` for plain HTTP.
    static func get(
        _ path: String,
        port: Int?,
        roots: String?,
        login: (name: String, password: String)? = nil,
        method: String = "GET"
    ) async -> Answer? {
        guard let port else { return nil }
        var head = "\(method) \(path) HTTP/1.1\r\nHost: VelociraptorServer\r\n"
        if let login {
            let pair = Data("\(login.name):\(login.password)".utf8).base64EncodedString()
            head += "Authorization: Basic \(pair)\r\n"
        }
        return await send(head + "\r\n", port: port, roots: roots).flatMap(Answer.init)
    }

    /// What the other side says to `text` until it hangs up.
    static func send(_ text: String, port: Int, roots: String?) async -> String? {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: exchange(text, port, roots)) }
        }
    }

    private static func exchange(_ text: String, _ port: Int, _ roots: String?) -> String? {
        guard let stream = connected(port, roots) else { return nil }
        defer { BIO_free_all(stream) }
        let bytes = Array(text.utf8)
        guard BIO_write(stream, bytes, Int32(bytes.count)) == bytes.count else { return nil }
        var answer: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while case let count = BIO_read(stream, &chunk, Int32(chunk.count)), count > 0 {
            answer += chunk[..<Int(count)]
        }
        return String(decoding: answer, as: UTF8.self)
    }

    private static func connected(_ port: Int, _ roots: String?) -> OpaquePointer? {
        guard let socket = BIO_new_connect("127.0.0.1:\(port)") else { return nil }
        guard let roots else { return socket }
        guard let context = SSL_CTX_new(TLS_client_method()) else { return nil }
        defer { SSL_CTX_free(context) }
        let bytes = Array(roots.utf8)
        let memory = BIO_new_mem_buf(bytes, Int32(bytes.count))
        defer { BIO_free(memory) }
        guard let authority = PEM_read_bio_X509(memory, nil, nil, nil) else { return nil }
        defer { X509_free(authority) }
        X509_STORE_add_cert(SSL_CTX_get_cert_store(context), authority)
        SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nil)
        guard let layer = BIO_new_ssl(context, 1) else { return nil }
        var tls: OpaquePointer?
        BIO_ctrl(layer, Int32(BIO_C_GET_SSL), 0, &tls)
        SSL_set1_host(tls, "VelociraptorServer")
        let chain = BIO_push(layer, socket)
        guard BIO_ctrl(chain, Int32(BIO_C_DO_STATE_MACHINE), 0, nil) == 1 else {
            BIO_free_all(chain)
            return nil
        }
        return chain
    }
}
