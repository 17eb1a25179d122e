// SPDX-License-Identifier: Apache-2.0

import HTTPTransport
import JSONValue
import MegaraptorErrors
import Testing

@Suite("Requests over plain HTTP", .timeLimit(.minutes(2)))
struct RequestTests {
    private let client = HTTPClient()

    @Test("an answer comes with its status, its header fields in any case, and its body")
    func answer() async throws {
        try await PythonServer.with { server in
            let response = try await client.send(HTTPRequest("GET", "\(server.url)/hello"))
            #expect(response.status == 200)
            #expect(response.text == "hello")
            #expect(response.headers["x-tEST"] == "a")
            #expect(response.headers["absent"] == nil)
        }
    }

    @Test("a status that is no success is an answer and no error")
    func statuses() async throws {
        try await PythonServer.with { server in
            for status in [204, 404, 500] {
                let response = try await client.send(HTTPRequest("GET", "\(server.url)/status/\(status)"))
                #expect(response.status == status)
            }
        }
    }

    @Test("method, header fields and bytes arrive as they were given", arguments: ["POST", "PUT", "DELETE"])
    func echo(method: String) async throws {
        try await PythonServer.with { server in
            let request = HTTPRequest(
                method,
                "\(server.url)/echo",
                headers: ["X-One": "1", "X-Empty": "", "Content-Type": "text/plain"],
                body: .bytes(Array("body".utf8))
            )
            let seen = try JSONValue(json: try await client.send(request).body)
            #expect(seen["method"]?.stringValue == method)
            #expect(seen["body"]?.stringValue == "body")
            #expect(seen["fields"]?["x-one"]?.stringValue == "1")
            #expect(seen["fields"]?["x-empty"]?.stringValue == "")
            #expect(seen["fields"]?["content-type"]?.stringValue == "text/plain")
            #expect(seen["fields"]?["expect"] == nil)
        }
    }

    @Test("a body without type gets none, and a POST without body says that it has none")
    func emptyPost() async throws {
        try await PythonServer.with { server in
            let seen = try JSONValue(json: try await client.send(HTTPRequest("POST", "\(server.url)/echo")).body)
            #expect(seen["fields"]?["content-type"] == nil)
            #expect(seen["fields"]?["content-length"]?.stringValue == "0")
        }
    }

    @Test("a body made piece by piece arrives whole, with and without its length", arguments: [true, false])
    func upload(hasLength: Bool) async throws {
        try await PythonServer.with { server in
            let pieces = Pieces(count: 100, of: [UInt8](repeating: UInt8(ascii: "z"), count: 10_000))
            let body = HTTPRequestBody.stream(length: hasLength ? 1_000_000 : nil) { pieces.next($0) }
            let seen = try JSONValue(
                json: try await client.send(HTTPRequest("PUT", "\(server.url)/echo", body: body)).body
            )
            #expect(seen["body"]?.stringValue?.utf8.count == 1_000_000)
            #expect(seen["fields"]?["transfer-encoding"]?.stringValue == (hasLength ? nil : "chunked"))
        }
    }

    @Test("an error of what makes the body ends the request with that error")
    func uploadFails() async throws {
        try await PythonServer.with { server in
            let body = HTTPRequestBody.stream(length: 10) { _ in throw MegaraptorError(.notFound, "The file is gone.") }
            let error = await #expect(throws: MegaraptorError.self) {
                try await client.send(HTTPRequest("PUT", "\(server.url)/echo", body: body))
            }
            #expect(error?.message == "The file is gone.")
        }
    }

    @Test("a body that ends too early is no whole upload")
    func uploadEndsEarly() async throws {
        try await PythonServer.with { server in
            let error = await #expect(throws: MegaraptorError.self) {
                try await client.send(HTTPRequest("PUT", "\(server.url)/echo", body: .stream(length: 10) { _ in [] }))
            }
            #expect(error?.code == .failedPrecondition)
        }
    }

    @Test("HEAD has no body and does not wait for one")
    func head() async throws {
        try await PythonServer.with { server in
            let response = try await client.send(HTTPRequest("HEAD", "\(server.url)/hello"))
            #expect(response.headers["Content-Length"] == "5")
            #expect(response.body.isEmpty)
        }
    }

    @Test("Basic authorization is sent, and not shown by printing")
    func basic() async throws {
        let credentials = HTTPBasicCredentials(user: "ada", password: "tr0ub4dor")
        #expect(!"\(credentials) \(String(reflecting: credentials))".contains("tr0ub4dor"))
        try await PythonServer.with { server in
            let request = HTTPRequest("GET", "\(server.url)/echo", basic: credentials)
            #expect(!String(reflecting: request).contains("tr0ub4dor"))
            let seen = try JSONValue(json: try await client.send(request).body)
            let expected = "Basic " + Base64.encode(Array("ada:tr0ub4dor".utf8))
            #expect(seen["fields"]?["authorization"]?.stringValue == expected)
        }
    }

    @Test("64 requests at once are all answered")
    func concurrent() async throws {
        try await PythonServer.with { server in
            let sum = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<64 {
                    group.addTask { try await client.send(HTTPRequest("GET", "\(server.url)/hello")).body.count }
                }
                return try await group.reduce(0, +)
            }
            #expect(sum == 64 * 5)
        }
    }

    @Test("a redirect is an answer unless it is asked for, and then counted")
    func redirects() async throws {
        try await PythonServer.with { server in
            #expect(try await client.send(HTTPRequest("GET", "\(server.url)/redirect")).status == 302)
            let followed = try await client.send(HTTPRequest("GET", "\(server.url)/redirect", redirects: 1))
            #expect(followed.text == "hello")
            let loop = HTTPRequest("GET", "\(server.url)/redirect?/redirect?/redirect", redirects: 1)
            let error = await #expect(throws: MegaraptorError.self) { try await client.send(loop) }
            #expect(error?.code == .failedPrecondition)
            let post = HTTPRequest("POST", "\(server.url)/redirect", body: .bytes([1]), redirects: 5)
            #expect(try await client.send(post).status == 302)
        }
    }

    @Test("a Unix socket stands for every host")
    func unixSocket() async throws {
        try await PythonServer.with(.unixSocket) { server in
            let client = HTTPClient(unixSocket: server.socket)
            let response = try await client.send(HTTPRequest("GET", "http://any.where/echo"))
            let seen = try JSONValue(json: response.body)
            #expect(seen["fields"]?["host"]?.stringValue == "any.where")
        }
    }
}
