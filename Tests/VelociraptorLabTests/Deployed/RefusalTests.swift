// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import Testing

@Suite("What keeps the server from starting, in its words and with its exit code")
struct RefusalTests {
    /// One change to a good configuration and what the program says after `velociraptor: error: frontend: `.
    struct Case: Sendable, CustomTestStringConvertible {
        var path: String
        var value: JSONValue?
        var message: String
        var testDescription: String { "\(path) \(value.map { $0.json() } ?? "missing")" }

        /// The member is missing.
        init(_ path: String, _ message: String) {
            self.path = path
            self.message = message
        }

        init(_ path: String, _ value: JSONValue, _ message: String) {
            self.path = path
            self.value = value
            self.message = message
        }
    }

    private static let load = "Unable to load config file: "
    private static let start = "starting frontend: "
    private static let publicURL =
        start + "Invalid GUI.public_url - this should refer to the externally accessible URL for the GUI application."
        + " It should end with '/app/index.html'"

    static let parts: [Case] = [
        Case("Client", start + "API server not configured"),
        Case("Client.nonce", load + "No Client.nonce configured"),
        Case("Client.ca_certificate", load + "No Client.ca_certificate configured"),
        Case("Client.server_urls", load + "No Client.server_urls configured"),
        Case("Client.server_urls", [], load + "No Client.server_urls configured"),
        Case(
            "Client.server_urls",
            ["https://server.example:8000"],
            load + "Configuration Client.server_urls must end with /"
        ),
        Case("API", load + "No API config"),
        Case("API.bind_scheme", start + "listen: unknown network"),
        Case("API.bind_scheme", "https", start + "listen: unknown network https"),
        Case("GUI", load + "No GUI config"),
        Case("GUI.gw_certificate", load + "No GUI.gw_certificate config"),
        Case("GUI.gw_private_key", load + "No GUI.gw_private_key config"),
        Case("GUI.authenticator", start + "GUI not configured"),
        Case("GUI.public_url", publicURL),
        Case("GUI.public_url", "https://server.example:8889/", publicURL),
        Case("GUI.allowed_cidr", ["10.0.0.0"], start + "Invalid CIDR Range 10.0.0.0 for GUI.allowed_cidr"),
        Case("Frontend", load + "Frontend config is required"),
        Case("Frontend.certificate", load + "No Frontend.certificate config"),
        Case("Frontend.private_key", load + "No Frontend.private_key config"),
        Case(
            "Frontend.certificate",
            "/etc/server.pem",
            start + "tls: failed to find any PEM data in certificate input"
        ),
        Case("Datastore", load + "No Datastore config"),
        Case("Datastore.implementation", start + "Unsupported filestore "),
        Case("Datastore.implementation", "Sqlite", start + "Unsupported filestore Sqlite"),
        Case("Datastore.location", "/proc/nowhere", start + "mkdir /proc/nowhere: no such file or directory"),
        Case(
            "API.bind_address",
            "127.0.0.1:8001",
            start + "listen tcp: address 127.0.0.1:8001:0: too many colons in address"
        ),
        Case(
            "Frontend.bind_address",
            "0.0.0.0:8000",
            start + "listen tcp: address 0.0.0.0:8000:0: too many colons in address"
        ),
        Case(
            "Frontend.run_as_user",
            "nobody-of-this-name",
            load + "Velociraptor should be running as the 'nobody-of-this-name' user but you are "
        ),
    ]

    static let members: [Case] = [
        Case("ca_certificate", "x", "field ca_certificate not found in type proto.Config"),
        Case("autocert_domain", "x", "field autocert_domain not found in type proto.Config"),
        Case("Client.Writeback", [:], "field Writeback not found in type proto.ClientConfig"),
        Case("API.tls", true, "field tls not found in type proto.APIConfig"),
        Case("GUI.bind_scheme", "https", "field bind_scheme not found in type proto.GUIConfig"),
        Case("GUI.authenticator.typ", "Basic", "field typ not found in type proto.Authenticator"),
        Case("GUI.initial_users", [["nam": "x"]], "field nam not found in type proto.GUIUser"),
        Case("Frontend.resources.cpu", 1, "field cpu not found in type proto.FrontendResourceControl"),
        Case("Datastore.path", "/x", "field path not found in type proto.DatastoreConfig"),
        Case("Monitoring.port", 1, "field port not found in type proto.MonitoringConfig"),
        Case("Logging.debug", false, "cannot unmarshal !!bool `false` into proto.LoggingRetentionConfig"),
        Case("Frontend.bind_port", "8000x", "cannot unmarshal !!str `8000x` into uint32"),
        Case("Frontend.bind_port", -1, "cannot unmarshal !!int `-1` into uint32"),
        Case("Client.use_self_signed_ssl", "a longer text", "cannot unmarshal !!str `a longe...` into bool"),
        Case("Client.server_urls", "https://x/", "cannot unmarshal !!str `https://x/` into []string"),
        Case("GUI", [], "cannot unmarshal !!seq into proto.GUIConfig"),
        Case("Client.nonce", ["a"], "cannot unmarshal !!seq into string"),
    ]

    @Test("A missing or wrong part ends the program with exit code 1 and one line", arguments: parts)
    func part(_ given: Case) async throws {
        let deployment = try await TestDeployment()
        let path = try deployment.write(deployment.configuration([(given.path, given.value)]))
        let outcome = try await ServerProcess.run(["--config", path, "frontend"])
        #expect(outcome.code == 1)
        #expect(outcome.output == "")
        let line = "velociraptor: error: frontend: " + given.message
        #expect(outcome.errors == line + "\n" || line.hasSuffix(" are ") && outcome.errors.hasPrefix(line))
    }

    @Test("An unknown member or a wrong type is told with its line", arguments: members)
    func member(_ given: Case) async throws {
        let deployment = try await TestDeployment()
        let path = try deployment.write(deployment.configuration([(given.path, given.value)]))
        let outcome = try await ServerProcess.run(["frontend", "-c", path])
        #expect(outcome.code == 1)
        let name = given.path.split(separator: ".").last.map(String.init) ?? ""
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let prefix = "velociraptor: error: frontend: Unable to load config file: yaml: unmarshal errors:\n  line "
        #expect(outcome.errors.hasPrefix(prefix) && outcome.errors.hasSuffix(": \(given.message)\n"))
        let number = Int(outcome.errors.dropFirst(prefix.count).prefix { $0.isNumber }) ?? 0
        try #require(lines.indices.contains(number - 1))
        // A list begins on the line after its key, and what is in it names itself.
        #expect(lines[(max(0, number - 2))...(number - 1)].contains { $0.contains(name) || $0.contains("nam: ") })
    }

    @Test("Text that is no YAML, no file, and no configuration at all are refused at once")
    func unreadable() async throws {
        let deployment = try await TestDeployment()
        let broken = deployment.folder.appending(path: "broken.yaml")
        try Data("Client: [\n".utf8).write(to: broken)
        let noYAML = try await ServerProcess.run(["--config", broken.path, "frontend"])
        #expect(noYAML.code == 1)
        #expect(noYAML.errors.hasPrefix("velociraptor: error: frontend: Unable to load config file: yaml: line "))
        let noFile = try await ServerProcess.run(["--config", "/nowhere.yaml", "frontend"])
        #expect(noFile.code == 1)
        #expect(noFile.errors.hasSuffix("Unable to load config file: open /nowhere.yaml: no such file or directory\n"))
        let nothing = try await ServerProcess.run(["frontend"])
        #expect(nothing.code == 1)
        #expect(nothing.errors.hasSuffix("Unable to load config from any source.\n"))
    }

    @Test("A log folder that cannot be written is a panic with exit code 2")
    func logFolder() async throws {
        let deployment = try await TestDeployment()
        let file = try deployment.write()
        let changed = deployment.configuration([("Logging.output_directory", .string(file + "/logs"))])
        let path = try deployment.write(changed, to: "other.yaml")
        let outcome = try await ServerProcess.run(["--config", path, "frontend"])
        #expect(outcome.code == 2)
        #expect(outcome.errors == "panic: mkdir \(file): not a directory\n")
    }
}
