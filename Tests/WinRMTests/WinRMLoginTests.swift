// SPDX-License-Identifier: Apache-2.0

import HTTPTransport
import JSONValue
import MegaraptorErrors
import Negotiation
import Testing
import WinRMTestbed

@testable import WinRM

@Suite("Logins by WinRM")
struct WinRMLoginTests {
    private static let basicUser = HTTPBasicCredentials(user: "ada", password: WinRMEndpoint.password)

    @Test("by NTLM: the endpoint, which has another's NTLM, knows the user")
    func ntlm() async throws {
        try await WinRMBench.with { bench in
            #expect(try await bench.run("echo in").output == "in\n")
            let users = try bench.endpoint.events().compactMap { $0["user"]?.stringValue }
            #expect(Set(users) == [WinRMEndpoint.user])
        }
    }

    @Test("by NTLM, as one of the machine's own users")
    func localUser() async throws {
        try await WinRMBench.with { bench in
            let credentials = HTTPBasicCredentials(user: WinRMEndpoint.localUser, password: WinRMEndpoint.password)
            let result = try await bench.run("echo in", .negotiate(.ntlm, credentials))
            #expect(result.output == "in\n")
            let user = try bench.endpoint.events().last?["user"]?.stringValue
            #expect(user == WinRMEndpoint.localUser)
        }
    }

    @Test("by Basic, where the machine has it switched on")
    func basic() async throws {
        try await WinRMBench.with(auth: "basic") { bench in
            let result = try await bench.run("echo in", .basic(Self.basicUser))
            #expect(result.output == "in\n")
        }
    }

    @Test("with a wrong password are refused, and nothing is begun", arguments: ["negotiate", "basic"])
    func wrong(auth: String) async throws {
        try await WinRMBench.with(auth: auth) { bench in
            let wrong = HTTPBasicCredentials(
                user: auth == "basic" ? "ada" : WinRMEndpoint.user,
                password: "open barley"
            )
            let login: WinRMLogin = auth == "basic" ? .basic(wrong) : .negotiate(.ntlm, wrong)
            let error = await bench.failure { _ = try await bench.run("echo in", login) }
            #expect(error?.code == .unauthenticated)
            #expect(error?.message == "127.0.0.1 does not let this user in.")
            let begun = try bench.endpoint.count("create")
            #expect(begun == 0)
        }
    }

    @Test("are bound to the connection: one that somebody passes on from another gets nobody in")
    func passedOn() async throws {
        try await WinRMBench.with(broken: "other-channel") { bench in
            let error = await bench.failure { _ = try await bench.run("echo in") }
            #expect(error?.code == .unauthenticated)
            let reasons = try bench.endpoint.events().compactMap { $0["reason"]?.stringValue }
            #expect(reasons.first?.contains("bindings do not match") == true, "\(reasons)")
            let begun = try bench.endpoint.count("create")
            #expect(begun == 0)
        }
    }

    @Test("by what a machine does not offer are refused with what it offers")
    func notOffered() async throws {
        try await WinRMBench.with(auth: "negotiate") { bench in
            let error = await bench.failure { _ = try await bench.run("echo in", .basic(Self.basicUser)) }
            #expect(error?.code == .unauthenticated)
            #expect(error?.hint.hasPrefix("It offers: Negotiate.") == true, "\(error?.hint ?? "")")
        }
        try await WinRMBench.with(auth: "basic") { bench in
            let error = await bench.failure { _ = try await bench.run("echo in") }
            #expect(error?.code == .unauthenticated)
            #expect(error?.hint.hasPrefix("It offers: Basic") == true, "\(error?.hint ?? "")")
        }
    }

    @Test("by Kerberos without a ticket say where to get one")
    func noTicket() async throws {
        try await WinRMBench.with { bench in
            let error = await bench.failure { _ = try await bench.run("echo in", .negotiate(.kerberos, nil)) }
            #expect(error?.code == .unauthenticated)
            #expect(error?.hint.hasPrefix("kinit") == true, "\(error?.hint ?? "")")
            let events = try bench.endpoint.events()
            #expect(events.isEmpty)
        }
    }

    @Test("do not begin with a machine that nobody vouches for, or that has another's name")
    func trust() async throws {
        try await WinRMBench.with { bench in
            let unknown = await bench.failure {
                try await WinRMShell.with(try bench.connection(trustsIt: false)) { _ throws(MegaraptorError) in }
            }
            #expect(unknown?.code == .unauthenticated)
            let other = await bench.failure {
                try await WinRMShell.with(try bench.connection(host: "dc-01.corp.example.org")) {
                    _ throws(MegaraptorError) in
                }
            }
            #expect(other?.code == .unauthenticated)
            #expect(other?.hint.contains("for another name") == true, "\(other?.hint ?? "")")
            let logins = try bench.endpoint.count("login")
            #expect(logins == 0)
        }
    }

    @Test("hold for a connection: one that the machine has ended before a command began is told, not tried again")
    func dropped() async throws {
        try await WinRMBench.with(broken: "drop-before-command") { bench in
            let error = await bench.failure { _ = try await bench.run("echo in") }
            #expect(error?.code == .unavailable)
            #expect(error?.message.contains("nobody knows whether") == true, "\(error?.message ?? "")")
            let (begun, closed) = (try bench.endpoint.count("command"), try bench.endpoint.count("delete"))
            #expect(begun == 0 && closed == 1, "the shell is closed with a new login")
        }
    }

    @Test("that the machine forgets in between are made anew, on the same connection")
    func forgotten() async throws {
        try await WinRMBench.with(broken: "forget-before-command") { bench in
            let result = try await bench.run("echo in")
            #expect(result.output == "in\n")
            let (logins, begun) = (try bench.endpoint.count("login"), try bench.endpoint.count("command"))
            #expect(logins == 2 && begun == 1)
        }
    }
}
