// SPDX-License-Identifier: Apache-2.0

import HTTPTransport
import Testing

@Suite("Connections that are kept", .timeLimit(.minutes(2)))
struct ConnectionTests {
    @Test("serve one request after the other; without one each request makes its own")
    func kept() async throws {
        try await PythonServer.with { server in
            let request = HTTPRequest("GET", "\(server.url)/hello")
            for (client, isNew) in [(HTTPClient(connection: HTTPConnection()), false), (HTTPClient(), true)] {
                let first = try await client.send(request)
                #expect(first.head.isOnNewConnection)
                let second = try await client.send(request)
                #expect(second.head.isOnNewConnection == isNew && second.text == "hello")
            }
        }
    }

    @Test("that the server has ended are made anew, and the answer says so")
    func ended() async throws {
        try await PythonServer.with { server in
            let client = HTTPClient(connection: HTTPConnection())
            _ = try await client.send(HTTPRequest("GET", "\(server.url)/hello", headers: ["Connection": "close"]))
            let second = try await client.send(HTTPRequest("GET", "\(server.url)/hello"))
            #expect(second.head.isOnNewConnection && second.text == "hello")
        }
    }

    @Test("leave requests that come at once each their own")
    func atOnce() async throws {
        try await PythonServer.with { server in
            let client = HTTPClient(connection: HTTPConnection())
            let texts = try await withThrowingTaskGroup(of: String.self) { group in
                for number in 0..<8 {
                    let request = HTTPRequest("POST", "\(server.url)/echo", body: .bytes(Array("\(number)".utf8)))
                    group.addTask { try await client.send(request).text }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            for number in 0..<8 { #expect(texts.contains { $0.contains("\"body\": \"\(number)\"") }) }
        }
    }
}
