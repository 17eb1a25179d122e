// SPDX-License-Identifier: Apache-2.0

import Glibc
import JSONValue
import MCPProtocol
import MCPServer
import MegaraptorErrors
import Testing

/// A server on two pipes, on a thread of its own, as a client on the other side sees it.
private final class PipedServer {
    let toServer: Int32
    let fromServer: Int32
    private var lines: AsyncStream<[UInt8]>.Iterator
    private let statuses: AsyncStream<Int32>
    private var inputIsOpen = true

    init(
        plugins: FakePlugins = Fixtures.plugins(),
        lineLimit: Int = 1 << 20,
        drainTime: Duration = .seconds(1),
        readsOutput: Bool = true
    ) throws {
        let input = try Self.makePipe()
        let output = try Self.makePipe()
        (toServer, fromServer) = (input.write, output.read)
        var configuration = ServerConfiguration(implementation: Implementation(name: "piped", version: "1"))
        configuration.lineLimit = lineLimit
        configuration.drainTime = drainTime
        let server = MCPServer(configuration: configuration, catalog: Fixtures.catalog, plugins: plugins)
        let (lines, line) = AsyncStream<[UInt8]>.makeStream()
        self.lines = lines.makeAsyncIterator()
        if readsOutput { onThread { Self.read(output.read, into: line) } }
        let (statuses, ended) = AsyncStream<Int32>.makeStream()
        self.statuses = statuses
        onThread {
            ended.yield(server.serve(input: input.read, output: output.write))
            close(input.read)
            close(output.write)
        }
    }

    deinit {
        if inputIsOpen { close(toServer) }
    }

    private static func makePipe() throws -> (read: Int32, write: Int32) {
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        return (ends[0], ends[1])
    }

    func write(_ text: String) {
        write(bytes: Array(text.utf8))
    }

    func write(bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(toServer, $0.baseAddress, $0.count) }
            if count <= 0 { return }
            rest = rest.dropFirst(count)
        }
    }

    func closeInput() {
        close(toServer)
        inputIsOpen = false
    }

    /// The next line without its newline; `nil` at the end of the output.
    func readLine() async -> [UInt8]? {
        await lines.next()
    }

    func readMessage() async throws -> JSONValue {
        try JSONValue(json: try #require(await readLine()))
    }

    /// Cuts what comes out into lines until the server closes its end.
    private static func read(_ descriptor: Int32, into lines: AsyncStream<[UInt8]>.Continuation) {
        var rest: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count <= 0 {
                close(descriptor)
                return lines.finish()
            }
            rest += chunk[..<count]
            var parts = rest.split(separator: 0x0A, omittingEmptySubsequences: false)
            rest = Array(parts.removeLast())
            for line in parts { lines.yield(Array(line)) }
        }
    }

    func exitStatus() async -> Int32? {
        var iterator = statuses.makeAsyncIterator()
        return await iterator.next()
    }
}

/// Runs `body` beside the concurrency pool, whose threads must not block.
private func onThread(_ body: @escaping @Sendable () -> Void) {
    final class Box: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    var thread = pthread_t()
    let box = Unmanaged.passRetained(Box(body))
    pthread_create(
        &thread,
        nil,
        { argument in
            if let argument { Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().body() }
            return nil
        },
        box.toOpaque()
    )
    pthread_detach(thread)
}

@Suite("stdio", .serialized)
struct StdioTests {
    private static func ping(_ id: Int) -> String { #"{"jsonrpc":"2.0","id":\#(id),"method":"ping"}"# + "\n" }

    @Test("STDIO-01 and STDIO-13: each answer is one line, at once")
    func lines() async throws {
        let server = try PipedServer()
        server.write(Self.ping(1))
        #expect(
            await server.readLine().map { String(decoding: $0, as: UTF8.self) }
                == #"{"jsonrpc":"2.0","id":1,"result":{}}"#
        )
    }

    @Test("STDIO-02 and STDIO-03: partial writes, many messages in one write, CRLF and blank lines all work")
    func framing() async throws {
        let server = try PipedServer()
        for byte in Self.ping(1).utf8 { server.write(bytes: [byte]) }
        #expect(try await server.readMessage()["id"] == 1)
        server.write("\r\n\n" + Self.ping(2) + Self.ping(3).replacingNewline(with: "\r\n") + "  \n" + Self.ping(4))
        for id: JSONValue in [2, 3, 4] { #expect(try await server.readMessage()["id"] == id) }
    }

    @Test("STDIO-04: what is no UTF-8 is refused, and it goes on")
    func notUTF8() async throws {
        let server = try PipedServer()
        server.write(bytes: [0xFF, 0xFE, 0x0A] + Self.ping(1).utf8)
        #expect(try await server.readMessage()["error"]?["code"] == -32700)
        #expect(try await server.readMessage()["id"] == 1)
    }

    @Test("STDIO-06, STDIO-08 and STDIO-09: the end of input answers what was read, a last line without newline too")
    func endOfInput() async throws {
        let server = try PipedServer()
        let call = #"{"jsonrpc":"2.0","id":2,"method":"tools/call","params":"# + modern(["name": "label"]).json() + "}"
        server.write(Self.ping(1) + call)
        server.closeInput()
        #expect(try await server.readMessage()["id"] == 1)
        #expect(try await server.readMessage()["result"]?["content"] != nil)
        #expect(await server.readLine() == nil)
        #expect(await server.exitStatus() == 0)
    }

    @Test("STDIO-08: a request that does not end in time is answered with an error, and the server exits with 0")
    func boundedWait() async throws {
        let plugins = FakePlugins()
        plugins.on("custom") { _, _ in
            _ = await Gate().wait()
            return textResult("late").jsonBytes()
        }
        let server = try PipedServer(plugins: plugins, drainTime: .milliseconds(5))
        server.write(
            #"{"jsonrpc":"2.0","id":2,"method":"tools/call","params":"# + modern(["name": "custom"]).json() + "}\n"
        )
        server.closeInput()
        #expect(try await server.readMessage()["error"]?["code"] == -32603)
        #expect(await server.exitStatus() == 0)
    }

    @Test("SUB-06: an open subscription does not keep the server past the end of input")
    func subscriptionAtEnd() async throws {
        let server = try PipedServer()
        let params = modern(["notifications": ["toolsListChanged": true]]).json()
        server.write(#"{"jsonrpc":"2.0","id":2,"method":"subscriptions/listen","params":\#(params)}"# + "\n")
        #expect(try await server.readMessage()["method"] == "notifications/subscriptions/acknowledged")
        server.closeInput()
        #expect(try await server.readMessage()["result"]?["resultType"] == "complete")
        #expect(await server.exitStatus() == 0)
    }

    @Test("STDIO-07: SIGTERM and SIGINT lead to a clean end", arguments: [SIGTERM, SIGINT])
    func signals(number: Int32) async throws {
        let server = try PipedServer()
        server.write(Self.ping(1))
        #expect(try await server.readMessage()["id"] == 1)
        kill(getpid(), number)
        #expect(await server.exitStatus() == 0)
    }

    @Test("STDIO-10: a client that stops reading ends the server quietly")
    func brokenOutput() async throws {
        let server = try PipedServer(readsOutput: false)
        close(server.fromServer)
        server.write(Self.ping(1))
        #expect(await server.exitStatus() == 0)
    }

    @Test("STDIO-13 and ROBUST-04: twenty thousand answers come whole and in order")
    func manyAnswers() async throws {
        let server = try PipedServer()
        let count = 20_000
        onThread { [descriptor = server.toServer] in
            let text = (0..<count).map { Self.ping($0) }.joined()
            var rest = Array(text.utf8)[...]
            while !rest.isEmpty {
                let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
                if written <= 0 { return }
                rest = rest.dropFirst(written)
            }
        }
        for id in 0..<count { #expect(try await server.readMessage()["id"]?.integerValue == Int64(id)) }
    }

    @Test("ROBUST-02: a line beyond the limit gets -32600, and the next one is served")
    func overlongLine() async throws {
        let server = try PipedServer(lineLimit: 100_000)
        onThread { [descriptor = server.toServer] in
            let long = [UInt8](repeating: UInt8(ascii: "x"), count: 500_000) + Array(("\n" + Self.ping(7)).utf8)
            var rest = long[...]
            while !rest.isEmpty {
                let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
                if written <= 0 { return }
                rest = rest.dropFirst(written)
            }
        }
        #expect(try await server.readMessage()["error"]?["code"] == -32600)
        #expect(try await server.readMessage()["id"] == 7)
    }

    @Test("STDIO-14 and STDIO-15: no request needs credentials, an earlier request or the same process")
    func independentRequests() async throws {
        for _ in 0..<2 {
            let server = try PipedServer()
            server.write(#"{"jsonrpc":"2.0","id":1,"method":"tools/list","params":\#(modern().json())}"# + "\n")
            #expect(try await server.readMessage()["result"]?["tools"] != nil)
        }
    }
}

extension String {
    fileprivate func replacingNewline(with ending: String) -> String {
        String(dropLast()) + ending
    }
}
