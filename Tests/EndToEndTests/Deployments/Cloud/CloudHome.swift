// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import Testing

/// A user's folders for one test, and a cloud on this machine behind a gate.
struct CloudHome {
    let folder: ScratchFolder
    let gate: RequestGate
    /// How that user's shell knows the cloud.
    let account: @Sendable (_ gate: String) -> [String: String]
    /// What `deploy_server_cloud` is given beside what every cloud takes.
    let choices: JSONObject
    /// What else stands among the deployer's own options.
    var options: JSONObject = [:]

    var deployments: String { "\(folder.path)/data/megaraptor-mcp/deployments" }

    func session(readOnly: Bool = false) async throws -> Session {
        var environment = [
            "XDG_DATA_HOME": "\(folder.path)/data", "XDG_CONFIG_HOME": "\(folder.path)/config",
            "XDG_STATE_HOME": "\(folder.path)/state", "XDG_CACHE_HOME": "\(folder.path)/cache", "HOME": folder.path,
        ]
        environment.merge(account(gate.socket.address)) { $1 }
        let arguments = ["--toolsets", "all"] + (readOnly ? ["--read-only"] : ["--confirm", "never"])
        let session = try Session(arguments, environment: environment)
        _ = try await session.initialize()
        return session
    }

    func arguments(_ more: JSONObject = [:]) -> JSONValue {
        var options: JSONObject = [
            "program_url": "https://mirror.example.org/velociraptor",
            "program_sha256": .string(String(repeating: "a", count: 64)), "program_version": "0.77.2",
            "program_architecture": "amd64",
        ]
        for (key, value) in self.options { options[key] = value }
        var arguments: JSONObject = [
            "server_hostname": "vr.example.org", "agent_ranges": ["198.51.100.0/24"], "options": .object(options),
        ]
        for (key, value) in choices { arguments[key] = value }
        for (key, value) in more { arguments[key] = value }
        return .object(arguments)
    }

    func onlyID() throws -> String {
        let names = try FileManager.default.contentsOfDirectory(atPath: deployments)
        return try #require(names.count == 1 ? names.first : nil, "\(names)")
    }

    /// All that the deployment keeps for itself, by which leaks are found: private keys and the administrator's password.
    func secrets(_ id: String) throws -> [String] {
        let folder = "\(deployments)/\(id)"
        let config = try String(contentsOfFile: "\(folder)/server.config.yaml", encoding: .utf8)
        var secrets: [String] = []
        var isKey = false
        for line in config.split(separator: "\n").map({ $0.trimmingCharacters(in: .whitespaces) }) {
            if line.contains("PRIVATE KEY-----") {
                isKey = line.hasPrefix("-----BEGIN")
            } else if isKey {
                secrets.append(line)
            }
        }
        let note = try String(contentsOfFile: "\(folder)/admin-password.txt", encoding: .utf8)
        secrets += note.split(whereSeparator: \.isWhitespace).map(String.init).filter {
            $0.count >= 20 && !$0.contains("/")
        }
        try #require(secrets.count > 20)
        return secrets
    }

    /// Looks through everything that anybody was told, and everything that is kept beside the files meant to hold keys.
    func expectNone(of secrets: [String], of id: String, in texts: [String]) throws {
        let folder = "\(deployments)/\(id)"
        var kept: [String] = []
        for name in ["deployment.json", "deployment.json.backup"] {
            kept.append(try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8))
        }
        let audit = try FileManager.default.subpathsOfDirectory(atPath: "\(self.folder.path)/state")
            .map { "\(self.folder.path)/state/\($0)" }
        for path in audit where FileManager.default.isReadableFile(atPath: path) {
            if let text = try? String(contentsOfFile: path, encoding: .utf8) { kept.append(text) }
        }
        for secret in secrets {
            #expect(!texts.contains { $0.contains(secret) })
            #expect(!kept.contains { $0.contains(secret) })
        }
    }
}
