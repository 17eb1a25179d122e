// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorErrors
import PluginHost
import PluginManifest
import Synchronization

/// Hands calls of tools without code to the plugin whose runner runs them.
///
/// What a runner does with a tool is its own affair: the host carries the tool's entry of the manifest to it and the
/// answer back. A tool is not called before its runner has found nothing wrong with it.
final class ToolRunners: Sendable {
    /// One message to a plugin.
    struct Message: Sendable {
        var plugin: String
        var method: String
        var params: JSONObject
    }

    private struct Tool: Hashable {
        let plugin: String
        let name: String
    }

    private let host: PluginHost
    private let manifests: [String: PluginManifest]
    private let owners: [String: String]
    /// The tools that were found right, as they were then.
    private let checked = Mutex<[Tool: JSONValue]>([:])

    init(_ manifests: [PluginManifest], host: PluginHost) {
        self.host = host
        self.manifests = Dictionary(manifests.map { ($0.id, $0) }) { first, _ in first }
        let offers = manifests.flatMap { manifest in manifest.runners.map { ($0.name, manifest.id) } }
        owners = Dictionary(offers) { first, _ in first }
    }

    /// The message as its receiver takes it: one that calls a tool without code goes to the tool's runner.
    ///
    /// - Throws: why the tool cannot be run.
    func route(_ message: Message, timeout: Duration) async throws(MegaraptorError) -> Message {
        guard message.method == "tools/call", let name = message.params["name"]?.stringValue,
            let manifest = manifests[message.plugin], let tool = manifest.tools.first(where: { $0.name == name }),
            let runner = tool.runner, let definition = manifest.definition(ofTool: name)
        else { return message }
        let key = Tool(plugin: manifest.id, name: name)
        if checked.withLock({ $0[key] }) != definition {
            try await check(manifest, tool, message.params["_meta"] ?? [:], timeout: timeout)
            checked.withLock { $0[key] = definition }
        }
        var routed = Message(plugin: try owner(of: runner, tool), method: "runner/call", params: message.params)
        routed.params["name"] = nil
        routed.params["runner"] = .string(runner)
        routed.params["tool"] = .string(name)
        routed.params["definition"] = definition
        return routed
    }

    /// Asks a tool's runner whether it can run the tool.
    func check(
        _ manifest: PluginManifest,
        _ tool: ToolContribution,
        _ meta: JSONValue,
        timeout: Duration
    ) async throws(MegaraptorError) {
        guard let runner = tool.runner, let definition = manifest.definition(ofTool: tool.name) else { return }
        let params: JSONObject = [
            "runner": .string(runner), "tool": .string(tool.name), "definition": definition, "_meta": meta,
        ]
        _ = try await host.call(
            HostCall(
                plugin: try owner(of: runner, tool),
                method: "runner/check",
                params: .object(params),
                timeout: timeout
            )
        )
    }

    private func owner(of runner: String, _ tool: ToolContribution) throws(MegaraptorError) -> String {
        if let owner = owners[runner] { return owner }
        let known = owners.keys.sorted().joined(separator: ", ")
        throw MegaraptorError(
            .failedPrecondition,
            "The tool \(tool.name) is run by the runner \"\(runner)\", which no plugin offers.",
            hint: """
                Whoever runs this server has to install a plugin that contributes the runner \"\(runner)\". \
                \(known.isEmpty ? "There is no runner at all." : "There are: \(known).")
                """
        )
    }
}
