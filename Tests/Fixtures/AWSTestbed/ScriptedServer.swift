// SPDX-License-Identifier: Apache-2.0

internal import Foundation
private import Glibc
internal import Synchronization

/// A server of HTTP on loopback whose every answer a test decides, among them none: then the connection is cut.
public final class ScriptedServer: Sendable {
    public typealias Handler = @Sendable (AWSRequest) async -> AWSAnswer?

    public let url: String
    private let descriptor: Int32
    private let handler: Handler
    private let hasEnded = Mutex(false)
    private let seen = Mutex<[AWSRequest]>([])

    /// All requests so far.
    public var requests: [AWSRequest] { seen.withLock { $0 } }

    public init(_ handler: @escaping Handler) throws {
        self.handler = handler
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && listen(descriptor, 64) == 0
                    && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard isBound else { throw MotoServer.Failure(description: "No port on loopback is free.") }
        url = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))"
        Thread.detachNewThread { [weak self] in
            while true {
                let connection = accept(descriptor, nil, nil)
                guard connection >= 0 else { return }
                guard let server = self else {
                    close(connection)
                    return
                }
                Thread.detachNewThread { server.serve(connection) }
            }
        }
    }

    deinit {
        end()
    }

    /// Takes no more connections.
    public func end() {
        let isFirst = hasEnded.withLock { hasEnded in
            defer { hasEnded = true }
            return !hasEnded
        }
        guard isFirst else { return }
        shutdown(descriptor, Int32(SHUT_RDWR))
        close(descriptor)
    }

    private func serve(_ connection: Int32) {
        defer { close(connection) }
        guard let request = Self.read(connection) else { return }
        seen.withLock { $0.append(request) }
        guard let answer = decide(request) else { return }
        var head = "HTTP/1.1 \(answer.status) Status\r\nContent-Length: \(answer.body.count)\r\nConnection: close\r\n"
        for header in answer.headers { head += "\(header.name): \(header.value)\r\n" }
        var rest = (Array(head.utf8) + Array("\r\n".utf8) + answer.body)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    private final class Box: Sendable {
        let answer = Mutex<AWSAnswer?>(nil)
    }

    /// Waits on the connection's own thread.
    private func decide(_ request: AWSRequest) -> AWSAnswer? {
        let (done, box, handler) = (DispatchSemaphore(value: 0), Box(), handler)
        Task {
            let answer = await handler(request)
            box.answer.withLock { $0 = answer }
            done.signal()
        }
        done.wait()
        return box.answer.withLock { $0 }
    }

    private static func read(_ connection: Int32) -> AWSRequest? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        func more() -> Bool {
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return false }
            bytes += buffer[..<count]
            return true
        }
        let end = Array("\r\n\r\n".utf8)
        while bytes.firstRange(of: end) == nil { guard more() else { return nil } }
        guard let blank = bytes.firstRange(of: end) else { return nil }
        let lines = String(decoding: bytes[..<blank.lowerBound], as: UTF8.self).split(separator: "\r\n")
        let words = (lines.first ?? "").split(separator: " ")
        guard words.count == 3 else { return nil }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            headers[line[..<colon].lowercased()] = String(line[line.index(after: colon)...].drop { $0 == " " })
        }
        let length = Int(headers["content-length"] ?? "") ?? 0
        while bytes.count < blank.upperBound + length { guard more() else { return nil } }
        return AWSRequest(
            method: String(words[0]),
            target: String(words[1]),
            headers: headers,
            body: Array(bytes[blank.upperBound..<blank.upperBound + length])
        )
    }
}
