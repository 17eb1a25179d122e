// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import MegaraptorErrors
import Testing

/// A user's folders for one test, with the folder deployer beside the bundled plugins.
struct DeploymentHome {
    let folder: ScratchFolder
    /// Where the folder deployer makes its "server".
    let server: String
    var deployments: String { "\(folder.path)/data/megaraptor-mcp/deployments" }

    init() throws {
        folder = try ScratchFolder()
        server = "\(folder.path)/server"
        try FileManager.default.createDirectory(atPath: server, withIntermediateDirectories: true)
    }

    static var manifests: String { Products.sourceRoot.appending(path: "Tests/Fixtures/manifests-deployer").path }

    var environment: [String: String] {
        [
            "XDG_DATA_HOME": "\(folder.path)/data", "XDG_CONFIG_HOME": "\(folder.path)/config",
            "XDG_STATE_HOME": "\(folder.path)/state", "XDG_CACHE_HOME": "\(folder.path)/cache",
        ]
    }

    /// A session in which nobody is asked, unless other arguments are given.
    func session(
        _ arguments: [String] = ["--confirm", "never"],
        capabilities: JSONValue = [:]
    ) async throws -> Session {
        let all = ["--plugin-dir", Self.manifests, "--toolsets", "all"] + arguments
        let session = try Session(all, environment: environment)
        _ = try await session.initialize(capabilities: capabilities)
        return session
    }

    /// What `deploy_server` is given: the smallest server in the folder.
    func arguments(_ more: JSONObject = [:], options: JSONObject = [:]) -> JSONValue {
        var choices = options
        choices["folder"] = .string(server)
        var arguments: JSONObject = ["deployment_type": "folder", "profile": "minimal", "options": .object(choices)]
        for (key, value) in more { arguments[key] = value }
        return .object(arguments)
    }

    func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(server)/\(name)") }

    func write(_ text: String = "", _ name: String) throws {
        try Data(text.utf8).write(to: URL(filePath: "\(server)/\(name)"))
    }

    func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: "\(server)/\(name)") }

    /// How often the deployer made a thing.
    func count(_ name: String) throws -> String {
        try String(contentsOfFile: "\(server)/count-\(name)", encoding: .utf8)
    }

    /// Waits until the folder deployer waits at a moment.
    func waits(_ moment: String) async throws {
        while !exists("waiting-\(moment)") { try await Task.sleep(for: .milliseconds(5)) }
    }

    /// The only deployment there is.
    func onlyID() throws -> String {
        let names = try FileManager.default.contentsOfDirectory(atPath: deployments)
        return try #require(names.count == 1 ? names.first : nil, "\(names)")
    }

    func record(_ id: String) throws -> JSONValue {
        try JSONValue(json: Array(Data(contentsOf: URL(filePath: "\(deployments)/\(id)/deployment.json"))))
    }

    /// The permission bits of everything in a deployment's folder, in octal digits, by path.
    func modes(_ id: String) throws -> [String: String] {
        let root = "\(deployments)/\(id)"
        var modes: [String: String] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: root) {
            let attributes = try FileManager.default.attributesOfItem(atPath: "\(root)/\(name)")
            modes[name] = String((attributes[.posixPermissions] as? Int ?? 0) & 0o7777, radix: 8)
        }
        return modes
    }
}

extension JSONValue {
    /// The structured result of a tool; an error is thrown with its text.
    func structured() throws -> JSONValue {
        if self["isError"] == true { throw MegaraptorError(.internal, text) }
        return try #require(self["structuredContent"])
    }
}
