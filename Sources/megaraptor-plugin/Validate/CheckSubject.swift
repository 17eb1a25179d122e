// SPDX-License-Identifier: Apache-2.0

import CMegaraptorABI
import Glibc
import JSONValue
import MegaraptorErrors
import MegaraptorPluginTesting
import PluginHost
import PluginManifest

/// The plugin that is examined.
struct CheckSubject: Sendable {
    /// Why a check does not apply to this plugin.
    struct NothingToCheck: Error {
        let sentence: String
    }

    /// The plugin's folder, absolute.
    let folder: String
    /// What random calls are made from.
    let seed: UInt64
    /// Whether tools that change something are called, too.
    let callsEveryTool: Bool
    /// Tells what is about to happen, for whoever finds this process dead.
    let note: @Sendable (String) -> Void

    func manifest() throws(MegaraptorError) -> PluginManifest {
        try PluginFolder.manifest(in: folder)
    }

    /// Where the plugin's library lies.
    func library() throws -> String {
        guard let path = try PluginFolder.library(of: try manifest()) else {
            throw NothingToCheck(sentence: "The plugin has no library.")
        }
        return path
    }

    /// The plugin's library, opened and entered in this process but not looked at.
    func enter() throws -> OpenedPlugin {
        let library = try PluginLibrary.open(try library())
        note("the entry \(PluginLibrary.entrySymbol)")
        return OpenedPlugin(host: FakeHost(paths: paths()), entry: library.entry)
    }

    /// The plugin, opened in this process and in service.
    func session() throws -> CheckSession {
        let plugin = try enter()
        note("activate")
        let status = plugin.status == mr_status(MR_OK) ? plugin.activate() : plugin.status
        guard status == mr_status(MR_OK) else {
            let reason = plugin.host.log.last.map { " It logged: \($0.message)" } ?? ""
            throw MegaraptorError(
                MegaraptorError.Code(rawValue: status) ?? .internal,
                "The plugin refuses to start (status \(status)).\(reason)"
            )
        }
        return CheckSession(plugin: plugin, subject: self, manifest: try manifest())
    }

    /// A check's process has a home of its own.
    private func paths() -> JSONValue {
        let home = getenv("HOME").map { String(cString: $0) } ?? "/nonexistent"
        return ["plugin": .string(folder), "state": .string("\(home)/state"), "cache": .string("\(home)/cache")]
    }
}
