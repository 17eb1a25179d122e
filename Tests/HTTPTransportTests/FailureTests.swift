// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTransport
import JSONValue
import MegaraptorErrors
import Testing

@Suite("What goes wrong", .timeLimit(.minutes(2)))
struct FailureTests {
    private func failure(_ request: HTTPRequest, _ client: HTTPClient = HTTPClient()) async -> MegaraptorError? {
        await #expect(throws: MegaraptorError.self) { try await client.send(request) }
    }

    @Test("nobody at the port: unavailable, nothing was sent")
    func refused() async {
        let error = await failure(HTTPRequest("GET", "http://127.0.0.1:1/"))
        #expect(error?.code == .unavailable)
        #expect(error?.details["sent"] == false)
        #expect(error?.details["errno"] == .integer(Int64(ECONNREFUSED)))
        #expect(error?.retryable == true)
    }

    @Test("a socket that is not there tells its path and why")
    func noSocket() async {
        let error = await failure(HTTPRequest("GET", "http://engine/"), HTTPClient(unixSocket: "/tmp/mr-none/s"))
        #expect(error?.code == .unavailable)
        #expect(error?.message.contains("/tmp/mr-none/s") == true)
        #expect(error?.details["errno"] == .integer(Int64(ENOENT)))
    }

    @Test("a name that nobody knows is unavailable")
    func noName() async {
        let error = await failure(HTTPRequest("GET", "http://no-such-host.invalid/"))
        #expect(error?.code == .unavailable)
    }

    @Test("a server that does not answer costs the idle time, and the effect of a request is said to be unknown")
    func idle() async throws {
        try await PythonServer.with { server in
            let limits = HTTPTimeLimits(connect: .milliseconds(300), total: nil, idle: .milliseconds(300))
            let error = await failure(HTTPRequest("POST", "\(server.url)/hang", limits: limits))
            #expect(error?.code == .deadlineExceeded)
            #expect(error?.details["sent"] == true)
            #expect(error?.hint.contains("took effect") == true)
            #expect(await failure(HTTPRequest("GET", "\(server.url)/stall", limits: limits))?.code == .deadlineExceeded)
        }
    }

    @Test("the whole request is bounded too")
    func total() async throws {
        try await PythonServer.with { server in
            let limits = HTTPTimeLimits(total: .milliseconds(300))
            #expect(await failure(HTTPRequest("GET", "\(server.url)/hang", limits: limits))?.code == .deadlineExceeded)
        }
    }

    @Test("an answer that is cut off is no answer")
    func cut() async throws {
        try await PythonServer.with { server in
            #expect(await failure(HTTPRequest("GET", "\(server.url)/cut"))?.code == .unavailable)
        }
    }

    @Test("more than was allowed is refused")
    func tooLarge() async throws {
        try await PythonServer.with { server in
            let request = HTTPRequest("GET", "\(server.url)/large?2000000", greatestBody: 1_000_000)
            #expect(await failure(request)?.code == .resourceExhausted)
            let fits = HTTPRequest("GET", "\(server.url)/large?1000000", greatestBody: 1_000_000)
            let response = try await HTTPClient().send(fits)
            #expect(response.body.count == 1_000_000)
        }
    }

    @Test("a cancelled task ends its request")
    func cancellation() async throws {
        try await PythonServer.with { server in
            let task = Task { try await HTTPClient().send(HTTPRequest("GET", "\(server.url)/hang")) }
            task.cancel()
            let error = await #expect(throws: MegaraptorError.self) { try await task.value }
            #expect(error?.code == .cancelled)
        }
    }

    @Test(
        "what cannot be a request is refused before anything is sent",
        arguments: [
            "ftp://127.0.0.1/", "nonsense://", "http://", "http://user:secret@127.0.0.1/", "file:///etc/passwd",
        ]
    )
    func badURL(url: String) async {
        let error = await failure(HTTPRequest("GET", url))
        #expect(error?.code == .invalidArgument)
        #expect("\(String(describing: error))".contains("secret") == false)
    }

    @Test("a header field cannot smuggle in another")
    func headerInjection() async {
        let bad: [HTTPHeaders] = [["X": "a\r\nY: b"], ["X\n": "a"], ["X: Y": "a"], ["": "a"]]
        for headers in bad {
            #expect(
                await failure(HTTPRequest("GET", "http://127.0.0.1:1/", headers: headers))?.code == .invalidArgument
            )
        }
        #expect(await failure(HTTPRequest("GET /x", "http://127.0.0.1:1/"))?.code == .invalidArgument)
    }

    @Test("what follows the path stays out of errors, because keys stand there")
    func noQuery() async {
        let error = await failure(HTTPRequest("GET", "http://127.0.0.1:1/blob?sig=hidden"))
        #expect("\(String(describing: error))".contains("hidden") == false)
        #expect(error?.message.contains("/blob") == true)
    }
}
