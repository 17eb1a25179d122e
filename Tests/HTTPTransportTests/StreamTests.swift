// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTransport
import MegaraptorErrors
import Testing

@Suite("Bodies that are read as they come", .timeLimit(.minutes(2)))
struct StreamTests {
    private let client = HTTPClient()

    /// Whether the one who was last sent much does not take more.
    private func isHeld(_ server: PythonServer) async throws -> Bool {
        try await client.send(HTTPRequest("GET", "\(server.url)/held")).text == "yes"
    }

    @Test("the head comes before the body is complete")
    func headFirst() async throws {
        try await PythonServer.with { server in
            let stream = try await client.open(HTTPRequest("GET", "\(server.url)/stall"))
            #expect(stream.head.status == 200)
            var pieces = stream.body.makeAsyncIterator()
            #expect(try await pieces.next() == Array("begin".utf8))
        }
    }

    @Test("pieces come complete and in order")
    func order() async throws {
        try await PythonServer.with { server in
            let stream = try await client.open(HTTPRequest("GET", "\(server.url)/numbers?20000"))
            var bytes: [UInt8] = []
            for try await piece in stream.body { bytes += piece }
            #expect(bytes == Array((0..<20000).map { "\($0)\n" }.joined().utf8))
        }
    }

    @Test("a reader that does not read holds the server back, and letting go ends it")
    func backPressure() async throws {
        try await PythonServer.with { server in
            func sent() async throws -> Int {
                try #require(Int(try await client.send(HTTPRequest("GET", "\(server.url)/sent")).text))
            }
            var stream: HTTPStream? = try await client.open(HTTPRequest("GET", "\(server.url)/endless"))
            // What the buffers of both sockets take is bounded: the count comes to rest, with the window closed.
            var last = -1
            var looks = 0
            while looks < 20 {
                let isHeld = try await isHeld(server)
                let now = try await sent()
                looks = isHeld && now == last ? looks + 1 : 0
                last = now
                try #require(last < 32 << 20)
            }
            #expect(stream != nil)
            stream = nil
            while try await sent() != -1 { await Task.yield() }
        }
    }

    @Test("a program that is started meanwhile does not keep a connection alive")
    func privateSockets() async throws {
        try await PythonServer.with { server in
            var stream: HTTPStream? = try await client.open(HTTPRequest("GET", "\(server.url)/endless"))
            #expect(stream?.head.status == 200)
            let child = try Child()
            defer { child.end() }
            stream = nil
            while try await client.send(HTTPRequest("GET", "\(server.url)/sent")).text != "-1" { await Task.yield() }
        }
    }

    @Test("a paused transfer goes on when it is read again")
    func resumes() async throws {
        try await PythonServer.with { server in
            let stream = try await client.open(HTTPRequest("GET", "\(server.url)/large?20000000"))
            var count = 0
            for try await piece in stream.body {
                if count == 0 {
                    while try await !isHeld(server) { await Task.yield() }
                }
                count += piece.count
            }
            #expect(count == 20_000_000)
        }
    }

    @Test("a download lands in the file, another status does not")
    func download() async throws {
        try await PythonServer.with { server in
            let path = server.folder.appendingPathComponent("file").path
            let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL, 0o600)
            defer { close(descriptor) }
            let missing = try await client.download(HTTPRequest("GET", "\(server.url)/status/404"), to: descriptor)
            #expect(missing.status == 404)
            #expect(missing.text == "words")
            let response = try await client.download(HTTPRequest("GET", "\(server.url)/large?3000000"), to: descriptor)
            #expect(response.status == 200)
            #expect(response.body.isEmpty)
            #expect(
                try Data(contentsOf: URL(fileURLWithPath: path)) == Data(repeating: UInt8(ascii: "x"), count: 3_000_000)
            )
            let small = HTTPRequest("GET", "\(server.url)/large?3000000", greatestBody: 1000)
            let error = await #expect(throws: MegaraptorError.self) { try await client.download(small, to: descriptor) }
            #expect(error?.code == .resourceExhausted)
        }
    }

    @Test("a full disk is said to be full")
    func fullDisk() async throws {
        try await PythonServer.with { server in
            let descriptor = open("/dev/full", O_WRONLY)
            defer { close(descriptor) }
            let request = HTTPRequest("GET", "\(server.url)/large?10")
            let error = await #expect(throws: MegaraptorError.self) {
                try await client.download(request, to: descriptor)
            }
            #expect(error?.code == .resourceExhausted)
        }
    }
}
