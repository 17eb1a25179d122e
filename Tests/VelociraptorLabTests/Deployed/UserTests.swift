// SPDX-License-Identifier: Apache-2.0

import Certificates
import Foundation
import GRPCTransport
import JSONValue
import Testing
import VelociraptorAPI
import VelociraptorLab

@Suite("The users of a deployed server")
struct UserTests {
    private func login(
        _ deployment: TestDeployment,
        _ server: DeployedServer,
        _ name: String,
        _ password: String
    ) async throws -> Int? {
        let roots = try deployment.pki.authority.certificate.pem()
        return await WebClient.get(
            "/app/index.html",
            port: server.ports[.gui],
            roots: roots,
            login: (name, password)
        )?.status
    }

    @Test("A certificate names its user; the server's own may do everything without one")
    func identities() async throws {
        let deployment = try await TestDeployment()
        try await deployment.withServer { server in
            #expect(try await APIClient(deployment, server, as: "admin").whoAmI() == "admin")
            #expect(try await APIClient(deployment, server, as: "api-admin").whoAmI() == "api-admin")
            #expect(try await APIClient(deployment, server, as: "gone").whoAmI() == "unknown: User not found: gone")
            let gateway = try await APIClient(deployment, server, as: "GRPC_GW").whoAmI()
            #expect(gateway == "unknown: User not found: GRPC_GW")
            let own = try APIClient(deployment, server, certificate: try deployment.pki.server())
            #expect(try await own.whoAmI() == "VelociraptorServer")
            let users = try await own.query("SELECT name, roles FROM gui_users()").rows
            #expect(
                users == [
                    ["name": "admin", "roles": ["administrator"]], ["name": "api-admin", "roles": ["administrator"]],
                ]
            )
        }
    }

    @Test("A certificate for clients only passes Check and is no user; one for servers only does not get in")
    func purposes() async throws {
        let deployment = try await TestDeployment()
        try await deployment.withServer { server in
            func client(_ purposes: Set<CertificateRequest.Purpose>) throws -> APIClient {
                let certificate = try deployment.pki.user("admin", purposes: purposes)
                return try APIClient(deployment, server, certificate: certificate)
            }
            let clientOnly = try client([.client])
            #expect(try await clientOnly.check() == .serving)
            #expect(try await clientOnly.whoAmI() == "unknown: Must set a username")
            #expect(try await client([.server]).whoAmI().hasPrefix("unavailable: "))
            #expect(try await client([]).whoAmI() == "admin")
            let unknown = try APIClient(deployment, server, as: "gone")
            #expect(try await unknown.check() == .serving)
        }
    }

    @Test("Users made over the API count at once, and a restart finds them again")
    func changes() async throws {
        let deployment = try await TestDeployment()
        try await deployment.withServer { server in
            let own = try APIClient(deployment, server, certificate: try deployment.pki.server())
            let fresh = try APIClient(deployment, server, as: "fresh")
            #expect(try await fresh.whoAmI() == "unknown: User not found: fresh")
            let create = "SELECT user_create(user='fresh', roles=['reader', 'api'], password='first') AS u FROM scope()"
            #expect(try await own.query(create).rows == [["u": "fresh"]])
            #expect(try await fresh.whoAmI() == "fresh")
            #expect(try await login(deployment, server, "fresh", "first") == 200)
            let again = "SELECT user_create(user='fresh', roles='api', password='second') AS u FROM scope()"
            #expect(try await own.query(again).rows == [["u": "fresh"]])
            #expect(try await login(deployment, server, "fresh", "first") == 401)
            #expect(try await login(deployment, server, "fresh", "second") == 200)
            _ = try await own.query("SELECT user_delete(user='api-admin', really_do_it=TRUE) AS u FROM scope()")
            let deleted = try await APIClient(deployment, server, as: "api-admin").whoAmI()
            #expect(deleted == "unknown: User not found: api-admin")
        }
        try await deployment.withServer { server in
            #expect(try await APIClient(deployment, server, as: "fresh").whoAmI() == "fresh")
            #expect(try await login(deployment, server, "fresh", "second") == 200)
            #expect(try await login(deployment, server, "admin", TestDeployment.password) == 200)
            // The first users of the configuration are made once only.
            let deleted = try await APIClient(deployment, server, as: "api-admin").whoAmI()
            #expect(deleted == "unknown: User not found: api-admin")
        }
    }

    @Test("Roles and single rights replace what a user could do")
    func grants() async throws {
        let deployment = try await TestDeployment()
        try await deployment.withServer { server in
            let own = try APIClient(deployment, server, certificate: try deployment.pki.server())
            let admin = try APIClient(deployment, server, as: "admin")
            func grant(_ what: String) async throws -> QueryAnswer {
                try await own.query("SELECT user_grant(user='admin', \(what)) AS u FROM scope()")
            }
            #expect(try await grant("roles='reader'").rows == [["u": "admin"]])
            #expect(try await admin.whoAmI().hasPrefix("permissionDenied: "))
            #expect(try await grant("policy=dict(any_query=TRUE)").rows == [["u": "admin"]])
            #expect(try await admin.whoAmI() == "admin")
            let refused = try await grant("roles='king'")
            #expect(try refused.rows == [["u": nil]])
            #expect(refused.log.contains { $0.contains("Invalid role king") })
            let answer = try await admin.query("SELECT user_create(user='x', roles='api', password='y') FROM scope()")
            #expect(answer.log.contains { $0.contains("[SERVER_ADMIN]") })
            #expect(try await APIClient(deployment, server, as: "x").whoAmI() == "unknown: User not found: x")
        }
    }

    @Test("A new user needs a password, and no user bears the server's names")
    func refusedUsers() async throws {
        let deployment = try await TestDeployment()
        try await deployment.withServer { server in
            let own = try APIClient(deployment, server, certificate: try deployment.pki.server())
            for (arguments, words) in [
                ("user='new', roles='api'", "Authentication requires a password but one was not provided."),
                ("user='GRPC_GW', roles='api', password='x'", "reserved"),
                ("user='VelociraptorServer', roles='api', password='x'", "reserved"),
                ("user='../x', roles='api', password='x'", "Unacceptable username"),
            ] {
                let answer = try await own.query("SELECT user_create(\(arguments)) AS u FROM scope()")
                #expect(try answer.rows == [["u": nil]])
                #expect(answer.log.contains { $0.contains(words) }, "\(arguments)")
            }
            let password = try await own.query("SELECT passwd(password='x') AS p FROM scope()")
            #expect(password.log.contains { $0.contains("Must set a username") })
        }
    }

    @Test("A fresh server has no clients, and its configuration is the one it was given")
    func freshServer() async throws {
        let deployment = try await TestDeployment()
        try await deployment.withServer { server in
            let own = try APIClient(deployment, server, certificate: try deployment.pki.server())
            let answer = try await own.query("SELECT * FROM clients()")
            #expect(answer.status.isOK)
            #expect(try answer.rows.isEmpty)
            let row = try await own.query("SELECT config.nonce AS n, config.server_urls AS u FROM scope()").rows
            #expect(row == [["n": "bm9uY2U=", "u": ["https://server.example:8000/"]]])
        }
    }
}
