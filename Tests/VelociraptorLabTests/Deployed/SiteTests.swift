// SPDX-License-Identifier: Apache-2.0

import Certificates
import Foundation
import HTTPServer
import JSONValue
import Testing
import VelociraptorLab

@Suite("What the ports of a server answer")
struct SiteTests {
    private func status(
        _ path: String,
        _ server: DeployedServer,
        _ service: DeployedServer.Service,
        _ deployment: TestDeployment,
        login: (name: String, password: String)? = nil
    ) async throws -> Int? {
        let roots = service == .monitoring ? nil : try deployment.pki.authority.certificate.pem()
        return await WebClient.get(path, port: server.ports[service], roots: roots, login: login)?.status
    }

    @Test("The agents' port gives the certificate, asks for enrolment, and has nothing else")
    func frontend() async throws {
        let deployment = try await TestDeployment()
        try await deployment.withServer { server in
            let roots = try deployment.pki.authority.certificate.pem()
            let certificate = await WebClient.get("/server.pem", port: server.ports[.frontend], roots: roots)
            #expect(certificate?.status == 200)
            #expect(
                certificate?.body
                    == deployment.configuration.objectValue?["Frontend"]?.objectValue?["certificate"]?.stringValue
            )
            #expect(try await status("/", server, .frontend, deployment) == 404)
            for path in ["/control", "/reader"] {
                let answer = await WebClient.get(path, port: server.ports[.frontend], roots: roots)
                #expect(answer?.status == 406 && answer?.body == "Please Enrol\n")
            }
            let foreign = try deployment.pki.foreign.certificate.pem()
            #expect(await WebClient.get("/server.pem", port: server.ports[.frontend], roots: foreign) == nil)
        }
    }

    @Test("The GUI sends everybody to its application, which asks for a password")
    func gui() async throws {
        let deployment = try await TestDeployment()
        try await deployment.withServer { server in
            let roots = try deployment.pki.authority.certificate.pem()
            for (path, method) in [("/", "GET"), ("/", "HEAD"), ("/any/where?x=1", "GET")] {
                let answer = await WebClient.get(path, port: server.ports[.gui], roots: roots, method: method)
                #expect(answer?.status == 307)
                #expect(answer?.head.contains("Location: /app/index.html") == true)
            }
            let right = ("admin", TestDeployment.password)
            for path in ["/app/index.html", "/api/v1/GetUserUITraits"] {
                #expect(try await status(path, server, .gui, deployment) == 401)
                #expect(try await status(path, server, .gui, deployment, login: ("admin", "wrong")) == 401)
                #expect(try await status(path, server, .gui, deployment, login: ("nobody", "")) == 401)
                #expect(try await status(path, server, .gui, deployment, login: right) == 200)
                // Known, but with no password at all.
                #expect(try await status(path, server, .gui, deployment, login: ("api-admin", "")) == 401)
            }
            let traits = await WebClient.get(
                "/api/v1/GetUserUITraits",
                port: server.ports[.gui],
                roots: roots,
                login: right
            )
            let record = try JSONValue(json: traits?.body ?? "")
            #expect(record["username"]?.stringValue == "admin")
            #expect(record["interface_traits"]?["permissions"]?["server_admin"]?.boolValue == true)
        }
    }

    @Test("A gateway that does not reach the API lets people log in and nothing more")
    func gateway() async throws {
        let deployment = try await TestDeployment()
        let pki = deployment.pki
        let broken: [[(String, JSONValue?)]] = [
            [("Frontend.certificate", .string(try pki.server(alternativeNames: [])))],
            [("API.bind_address", "0.0.0.0"), ("Frontend.hostname", "no-such-host.invalid")],
        ]
        let insecure = ("admin", TestDeployment.password)
        for changes in broken {
            try await deployment.withServer(changes + [("GUI.use_plain_http", true)]) { server in
                let port = server.ports[.gui]
                let index = await WebClient.get("/app/index.html", port: port, roots: nil, login: insecure)
                #expect(index?.status == 200)
                let method = await WebClient.get("/api/v1/GetUserUITraits", port: port, roots: nil, login: insecure)
                #expect(method?.status == 503)
            }
        }
        let reachable: [(String, JSONValue?)] = [("API.bind_address", "0.0.0.0"), ("API.hostname", "127.0.0.1")]
        try await deployment.withServer(reachable) { server in
            let answer = try await status("/api/v1/GetUserUITraits", server, .gui, deployment, login: insecure)
            #expect(answer == 200)
        }
    }

    @Test("Metrics are plain HTTP, and only where they are configured")
    func metrics() async throws {
        let deployment = try await TestDeployment()
        try await deployment.withServer { server in
            let answer = await WebClient.get("/metrics", port: server.ports[.monitoring], roots: nil)
            #expect(answer?.status == 200 && answer?.body.contains("client_comms_current_connections") == true)
            let other = try await status("/", server, .monitoring, deployment)
            #expect(other == 404)
        }
        try await deployment.withServer([("Monitoring", nil)]) { #expect($0.ports[.monitoring] == nil) }
    }

    @Test("Addresses outside of the allowed ranges are turned away from the GUI")
    func ranges() async throws {
        let deployment = try await TestDeployment()
        for (range, expected) in [("10.0.0.0/8", 403), ("127.0.0.0/8", 307), ("::1/128", 403)] {
            try await deployment.withServer([("GUI.allowed_cidr", [.string(range)])]) { server in
                let answer = try await status("/", server, .gui, deployment)
                #expect(answer == expected)
            }
        }
    }

    @Test("Requests that are none, too long or half are not answered as if they were whole")
    func damaged() async throws {
        let server = try HTTPServer(host: "127.0.0.1", port: 0, identity: nil) { HTTPResponse(200, body: $0.method) }
        let long = "GET / HTTP/1.1\r\nX: " + String(repeating: "x", count: 20_000)
        for (text, expected) in [
            ("nonsense\r\n\r\n", "HTTP/1.1 400"), ("GET / HTTP/1.1\r\nnone\r\n\r\n", "HTTP/1.1 400"),
            (long, "HTTP/1.1 431"), ("POST / HTTP/1.1\r\nContent-Length: 9999999\r\n\r\n", "HTTP/1.1 413"),
            ("POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", "HTTP/1.1 400"),
            ("POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\nab", "HTTP/1.1 200"),
            ("HEAD / HTTP/1.1\r\n\r\n", "HTTP/1.1 200"),
        ] {
            let answer = await WebClient.send(text, port: server.port, roots: nil)
            #expect(answer?.hasPrefix(expected) == true, "\(text.prefix(40))")
        }
        await server.stop()
        #expect(await WebClient.send("GET / HTTP/1.1\r\n\r\n", port: server.port, roots: nil) == nil)
    }

    @Test("Only the API must have its port; the others are missing when theirs is taken")
    func busyPorts() async throws {
        let deployment = try await TestDeployment()
        let taken = try ListeningSocket(host: "127.0.0.1", port: 0)
        defer { taken.close() }
        let port = JSONValue(taken.port)
        for service in [DeployedServer.Service.frontend, .gui, .monitoring] {
            try await deployment.withServer([("\(service.rawValue).bind_port", port)]) { server in
                #expect(server.ports[service] == nil)
                #expect(server.ports.count == DeployedServer.Service.allCases.count - 1)
            }
        }
        do {
            let started = try deployment.start([("API.bind_port", port)])
            await started.stop()
            Issue.record("the server started without its API")
        } catch let failure as ServerFailure {
            let words = "starting frontend: listen tcp 127.0.0.1:\(taken.port): bind: address already in use"
            #expect(failure == ServerFailure(words))
        }
    }
}
