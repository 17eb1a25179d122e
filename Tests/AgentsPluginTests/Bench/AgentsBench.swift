// SPDX-License-Identifier: Apache-2.0

import AgentsPlugin
import Foundation
import JSONValue
import MegaraptorErrors
import MegaraptorPluginTesting
import Testing

/// The plugin with a folder of its own, a deployment and that deployment's server.
struct AgentsBench: Sendable {
    static let deployment = "vr-0123456789ab"
    static let nonce = "bm9uY2UgdGhhdCBub2JvZHkgc2Vlcw=="

    let folder: URL
    let host: FakeHost
    let plugin: PluginUnderTest

    /// - Parameter name: of the deployment, as somebody chose it.
    static func with(
        name: String = "case 7",
        secrets: [String: String] = [:],
        _ body: (AgentsBench) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "agents-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let host = FakeHost(secrets: secrets, paths: ["data": .string(folder.path)])
        let program = try Self.program(in: folder)
        host.provide("deployments", of: "deployment.enrolment/1") { operation, arguments throws(MegaraptorError) in
            Self.enrolment(arguments, name: name, program: program)
        }
        let plugin = try await PluginUnderTest(AgentsPlugin.self, host: host)
        try await body(AgentsBench(folder: folder, host: host, plugin: plugin))
    }

    /// A program for this machine that needs no library: what the deployment's own would be.
    static func program(in folder: URL) throws -> String {
        let path = folder.appending(path: "velociraptor-v0.77.2-linux-amd64-musl").path
        try FileManager.default.copyItem(atPath: "/bin/busybox", toPath: path)
        return path
    }

    static func enrolment(_ arguments: JSONValue, name: String = "case 7", program: String) -> JSONValue {
        let labels = arguments["labels"]?.arrayValue ?? []
        let words = labels.compactMap(\.stringValue).map { "\"\($0)\"" }.joined(separator: ", ")
        let config = """
            Client:
              server_urls: ["https://vr.example.org:8000/"]
              nonce: "\(nonce)"
              labels: [\(words)]

            """
        return [
            "deployment_id": .string(deployment), "name": .string(name), "server_url": "https://vr.example.org:8000/",
            "hostname": "vr.example.org", "frontend_port": 8000, "labels": .array(labels),
            "client_config": .string(config),
            "ca_fingerprint": "AA:BB", "frontend_certificate": "the server's certificate",
            "api_config": "/nowhere/api_client.yaml",
            "program": ["path": .string(program), "sha256": "0", "version": "unknown", "architecture": "amd64"],
        ]
    }

    /// Lets the deployment's server answer: operation and arguments to `{rows}`.
    func answerQueries(_ answer: @escaping FakeHost.ProviderAnswer) {
        host.provide("velociraptor", of: "velociraptor.query/1", answer: answer)
    }

    /// What the server was asked.
    var queries: [FakeHost.AskedOfProvider] {
        host.askedOfProviders.filter { $0.interface == "velociraptor.query/1" }
    }

    func call(_ tool: String, _ arguments: JSONObject = [:]) async throws -> JSONValue {
        var arguments = arguments
        arguments["deployment_id"] = .string(Self.deployment)
        let answer = try await plugin.call(tool, .object(arguments))
        #expect(!answer.json.json().contains(Self.nonce), "the nonce is only in files")
        return try #require(answer.structured, "\(answer.text)")
    }

    /// The error that a call ends with.
    func refusal(_ tool: String, _ arguments: JSONObject = [:]) async -> MegaraptorError? {
        do {
            _ = try await call(tool, arguments)
            return nil
        } catch {
            return error as? MegaraptorError
        }
    }

    /// A file that begins as a program of some system does.
    func program(_ name: String, head: [UInt8]) throws -> JSONValue {
        let path = folder.appending(path: name)
        try Data(head + [UInt8](repeating: 7, count: 5000 - head.count)).write(to: path)
        return .string(path.path)
    }

    func installer() throws -> JSONValue {
        try program("velociraptor-v0.77.2-windows-amd64.msi", head: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])
    }

    func macProgram() throws -> JSONValue {
        try program("velociraptor-v0.77.2-darwin-arm64", head: [0xCF, 0xFA, 0xED, 0xFE, 0x0C, 0x00, 0x00, 0x01])
    }

    /// For a processor whatever this machine's is, and always the same file.
    func linuxProgram(processor: UInt8 = 0x3E) throws -> JSONValue {
        let head: [UInt8] = [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, processor, 0, 1]
        return try program("velociraptor-v0.77.2-linux", head: head)
    }

    func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    func mode(_ path: String) throws -> Int {
        try #require(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
    }
}
