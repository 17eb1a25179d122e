// SPDX-License-Identifier: Apache-2.0

import Certificates
import Foundation
import JSONValue
import Testing
import VelociraptorLab
import YAMLSource

@Suite("The command lines of the server program")
struct CommandLineTests {
    @Test("The version is told by a command and not by a flag")
    func version() async throws {
        let version = try await ServerProcess.run(["version"])
        #expect(version.code == 0)
        let document = try YAMLDocument.parse(version.output, file: "version").json
        #expect(document["version"]?.stringValue == "0.77.2" && document["name"]?.stringValue == "velociraptor")
        let flag = try await ServerProcess.run(["--version"])
        #expect(flag.code == 1)
        #expect(flag.errors == "velociraptor: error: unknown long flag '--version', try --help\n")
    }

    @Test("What is no command is refused")
    func unknownCommands() async throws {
        let collect = try await ServerProcess.run(["collect", "--artifact", "x"])
        #expect(collect.code == 1)
        #expect(collect.errors == "velociraptor: error: expected command but got \"collect\", try --help\n")
        #expect(try await ServerProcess.run(["config"]).code == 1)
        #expect(try await ServerProcess.run(["--config"]).code == 1)
        let absent = try await ServerProcess.run(["config", "repack", "a", "b"])
        #expect(absent.code == 1)
    }

    @Test("The file is taken from the flag before or behind the command, or from the environment")
    func sources() async throws {
        let deployment = try await TestDeployment()
        let path = try deployment.write()
        let text = try String(contentsOfFile: path, encoding: .utf8)
        for (arguments, environment) in [
            (["--config", path, "config", "show"], [:]), (["config", "show", "-c", path], [:]),
            (["config", "show", "--config=\(path)"], [:]), (["config", "show"], ["VELOCIRAPTOR_CONFIG": path]),
            (["config", "show"], ["VELOCIRAPTOR_LITERAL_CONFIG": text]),
        ] {
            let outcome = try await ServerProcess.run(arguments, environment: environment)
            #expect(outcome.code == 0)
            #expect(outcome.errors == "")
            #expect(try YAMLDocument.parse(outcome.output, file: "shown").json == deployment.configuration)
        }
        let broken = try deployment.write(deployment.configuration([("Client.nonce", nil)]), to: "broken.yaml")
        let refused = try await ServerProcess.run(["--config", broken, "config", "show"])
        #expect(refused.code == 1)
        #expect(refused.errors.contains("config show: Unable to load config file: No Client.nonce configured"))
    }

    @Test("The agents' configuration holds the client's part and no key")
    func clientConfiguration() async throws {
        let deployment = try await TestDeployment()
        let outcome = try await ServerProcess.run(["--config", try deployment.write(), "config", "client"])
        #expect(outcome.code == 0)
        let document = try YAMLDocument.parse(outcome.output, file: "client").json
        #expect(document.objectValue?.keys == ["version", "Client"])
        #expect(document["Client"] == deployment.configuration["Client"])
        #expect(!outcome.output.contains("PRIVATE KEY"))
    }

    @Test("Users and API clients that are made before the first start are there when it comes")
    func offline() async throws {
        let deployment = try await TestDeployment()
        let key = JSONValue.string(try deployment.pki.authority.key.pkcs1PEM())
        let path = try deployment.write(deployment.configuration([("CA.private_key", key)]))
        let added = try await ServerProcess.run(
            ["--config", path, "user", "add", "before", "secret", "--role", "reader,api"]
        )
        #expect(added.code == 0)
        let wrong = try await ServerProcess.run(["--config", path, "user", "add", "other", "x", "--role", "king"])
        #expect(wrong.code == 1)
        #expect(wrong.errors == "velociraptor: error: user add: Invalid role king\n")
        let file = deployment.folder.appending(path: "api.yaml")
        let made = try await ServerProcess.run(
            ["--config", path, "config", "api_client", "--name", "robot", "--role", "administrator,api", file.path]
        )
        #expect(made.code == 0)
        let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let client = try YAMLDocument.parse(try Data(contentsOf: file), file: "api.yaml").json
        #expect(client["name"]?.stringValue == "robot")
        #expect(client["api_connection_string"]?.stringValue == "127.0.0.1:0")
        let certificate = try Certificate(pem: client["client_cert"]?.stringValue ?? "")
        #expect(try certificate.isSigned(by: deployment.pki.authority.certificate))
        try await deployment.withServer { server in
            for name in ["before", "robot", "admin"] {
                let answer = try await APIClient(deployment, server, as: name).whoAmI()
                #expect(answer == name)
            }
            let refused = try await APIClient(deployment, server, as: "other").whoAmI()
            #expect(refused == "unknown: User not found: other")
        }
    }

    @Test("Without the authority's key in PKCS#1 no API client can be made")
    func authorityKey() async throws {
        let deployment = try await TestDeployment()
        func outcome(_ key: JSONValue?) async throws -> ServerProcess.Outcome {
            let path = try deployment.write(deployment.configuration([("CA.private_key", key)]))
            return try await ServerProcess.run(["--config", path, "config", "api_client", "--name", "x", "/dev/null/x"])
        }
        let pkcs8 = try await outcome(.string(try deployment.pki.authority.key.pkcs8PEM()))
        #expect(pkcs8.code == 1)
        #expect(pkcs8.errors.hasSuffix("failed to parse PEM block containing the key\n"))
        #expect(try await outcome(nil).code == 1)
    }

    @Test("A server says when it is ready, in its log files too, and ends with 0 on SIGTERM")
    func life() async throws {
        let deployment = try await TestDeployment()
        let logs = deployment.folder.appending(path: "logs").path
        let path = try deployment.write(
            deployment.configuration([
                ("Logging.output_directory", .string(logs)), ("Logging.separate_logs_per_component", true),
            ])
        )
        let server = try ServerProcess(["--config", path, "frontend", "-v", "--disable-panic-guard"])
        #expect(await server.waitForLine("Frontend is ready to handle client TLS requests at https://"))
        func log(_ name: String) throws -> String { try String(contentsOfFile: "\(logs)/\(name)", encoding: .utf8) }
        #expect(try log("VelociraptorAPI_info.log").contains("Starting gRPC API server on 127.0.0.1:"))
        #expect(try log("VelociraptorGUI_info.log").contains("GUI is ready to handle TLS requests on https://"))
        #expect(try log("VelociraptorFrontend_info.log").contains("Launched Prometheus monitoring server on "))
        server.terminate()
        #expect(try await server.outcome().code == 0)
    }
}
