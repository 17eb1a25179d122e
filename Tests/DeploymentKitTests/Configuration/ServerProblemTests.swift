// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import DeploymentKit
import JSONValue
import MegaraptorErrors
import Testing

@Suite("Problems of a server's configuration")
struct ServerProblemTests {
    typealias Change = @Sendable (inout ServerConfiguration) throws -> Void

    private static let faults: [(String, String, Change)] = [
        ("gui_port", "gui_port and frontend_port are both 8000.", { ($0.layout.gui.port, $0.guiPort) = (8000, 8000) }),
        ("api_port", "api_port and gui_port are both 8889.", { $0.layout.api.port = 8889 }),
        ("monitoring_port", "monitoring_port and api_port are both 8001.", { $0.layout.monitoring.port = 8001 }),
        ("frontend_port", "frontend_port is 0, not 1 to 65535.", { $0.layout.frontend.port = 0 }),
        ("frontend_port", "frontend_port is 65536, not 1 to 65535.", { $0.frontendPort = 65_536 }),
        ("gui_bind", "\"0.0.0.0:8889\" is not an IPv4 address", { $0.layout.gui.address = "0.0.0.0:8889" }),
        ("api_bind", "\"\" is not an IPv4 address", { $0.layout.api.address = "" }),
        ("frontend_bind", "\"::\" is not an IPv4 address", { $0.layout.frontend.address = "::" }),
        ("monitoring_bind", "Metrics are served without", { $0.layout.monitoring.address = "0.0.0.0" }),
        ("api_hostname", "every call of the GUI would fail", { $0.layout.api.address = "192.0.2.7" }),
        ("api_hostname", "is no host name", { $0.layout.apiHostname = "a b" }),
        ("datastore", "must be an absolute path", { $0.layout.datastore = "" }),
        ("datastore", "must be an absolute path", { $0.layout.datastore = "/" }),
        ("logs", "must be an absolute path", { $0.layout.logs = "logs" }),
        ("logs", "must be an absolute path", { $0.layout.logs = "/var/../etc" }),
        ("logs", "must be an absolute path", { $0.layout.logs = "/var/log\nCA: x" }),
        ("tls_key", "must be an absolute path", { $0.serving = .files(certificate: "/a", key: "b") }),
        ("run_as_user", "is not the name of a system user", { $0.layout.runAsUser = "root; rm" }),
        ("labels", "cannot be a label", { $0.clientLabels = ["a\nb"] }),
        ("users", "The user admin is named twice.", { $0.initialUsers.append($0.initialUsers[0]) }),
        ("frontend_port", "share port 443", { $0.serving = .acme(cache: "/cache") }),
        (
            "hostname", "certifies only names",
            {
                $0.serving = .acme(cache: "/cache")
                $0.hostname = try HostName("192.0.2.7")
            }
        ),
    ]

    @Test("What the server would stumble over is found and not written", arguments: faults.indices)
    func refused(place: Int) async throws {
        let (field, message, change) = Self.faults[place]
        let configuration = try await TestServer.make(change)
        let problem = try #require(
            configuration.problems().first { $0.severity == .error && $0.message.contains(message) }
        )
        #expect(problem.field == field)
        let error = #expect(throws: MegaraptorError.self) { try configuration.text() }
        #expect(error?.code == .invalidArgument && error?.message.contains(message) == true)
    }

    @Test("A good configuration has none")
    func none() async throws {
        #expect(try await TestServer.make().problems() == [])
    }

    @Test("A container binds the API to all of its own addresses and reaches it by loopback")
    func container() async throws {
        let configuration = try await TestServer.make { $0.layout.api.address = "0.0.0.0" }
        #expect(configuration.problems() == [])
        #expect(
            try configuration.json()["API"] == [
                "hostname": "127.0.0.1", "bind_address": "0.0.0.0", "bind_port": 8001, "bind_scheme": "tcp",
            ]
        )
    }

    @Test("Metrics that are off need no port")
    func monitoring() async throws {
        let configuration = try await TestServer.make {
            $0.profile = .minimal
            $0.layout.monitoring.port = 8001
        }
        #expect(configuration.problems() == [])
    }

    @Test("A host name that only this machine knows, and nobody who can log in, are warnings")
    func warnings() async throws {
        let configuration = try await TestServer.make {
            $0.hostname = try HostName("localhost")
            $0.initialUsers.removeFirst()
        }
        #expect(configuration.problems().map(\.severity) == [.warning, .warning])
        #expect(configuration.problems().map(\.field) == ["hostname", "users"])
        _ = try configuration.text()
    }

    @Test(
        "Names and addresses by which a server can be reached",
        arguments: [
            ("velo.example.org", "velo.example.org"), ("VELO", "velo"), ("192.0.2.7", "192.0.2.7"),
            ("2001:db8::7", "[2001:db8::7]"), ("::1", "[::1]"), ("xn--bcher-kva.example", "xn--bcher-kva.example"),
            ("4.example", "4.example"),
        ]
    )
    func hosts(text: String, bracketed: String) throws {
        #expect(try HostName(text).bracketed == bracketed)
    }

    @Test(
        "What would break a URL, a certificate or a file is no host name",
        arguments: [
            "", " ", "a b", "https://a", "a/b", "a:8000", "[::1]", "-a", "a-", "a..b", ".a", "a.", "a_b", "1.2.3.400",
            "1.2.3", "fe80::1%eth0", "a\nb", "a\"b", "é.example", "a@b", "a?b", "a#b", "${x}", "127.0.0.1\u{0}x",
            String(repeating: "a", count: 64), String(repeating: "a.", count: 127) + "a",
        ]
    )
    func noHosts(text: String) {
        let error = #expect(throws: MegaraptorError.self) { try HostName(text) }
        #expect(error?.code == .invalidArgument)
    }
}
