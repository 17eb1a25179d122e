// SPDX-License-Identifier: Apache-2.0

internal import CMegaraptorABI
internal import Dispatch
internal import JSONValue
internal import MegaraptorErrors
internal import PluginManifest
internal import PluginTrust
internal import Synchronization

/// Takes a plugin from its library to the point where it can be called, or says why not.
struct PluginLoader {
    let calls: CallTable
    let libraries: OpenedLibraries
    /// Makes what a plugin reaches of the host.
    let bridge: (String) -> PluginBridge

    /// Long enough for any `describe`; a plugin that hangs in it must not hang the host.
    private static let describeTimeout = Duration.seconds(10)

    /// Blocks until the plugin is active or refused.
    func load(_ manifest: PluginManifest, from library: LibraryIdentity) throws(MegaraptorError) -> LoadedPlugin {
        let (plugin, description) = try open(library, as: manifest.id, manifest.version)
        do throws(MegaraptorError) {
            try Self.compare(description, with: manifest)
        } catch {
            plugin.deactivate(milliseconds: 200)
            throw error
        }
        return plugin
    }

    /// Opens a library that must carry this id and version, and asks what it offers.
    func open(
        _ library: LibraryIdentity,
        as id: String,
        _ version: String
    ) throws(MegaraptorError) -> (LoadedPlugin, description: [UInt8]) {
        let plugin = try enter(library, as: id) { functions throws(MegaraptorError) in
            try PluginMagic.check(functions, path: library.path)
            try PluginMagic.check(functions, id: id, version: version, path: library.path)
        }
        try activate(plugin)
        return (plugin, try describe(plugin).get())
    }

    /// Opens a library that has no manifest yet.
    func inspect(_ path: String) throws(MegaraptorError) -> PluginInspection {
        let plugin = try enter(LibraryIdentity(reading: path), as: path) { functions throws(MegaraptorError) in
            try PluginMagic.check(functions, path: path)
        }
        try activate(plugin)
        return PluginInspection(
            library: path,
            id: plugin.declaredID,
            version: plugin.declaredVersion,
            runtime: plugin.runtime,
            contributes: try Self.parse(describe(plugin).get(), plugin.id)
        )
    }

    private func activate(_ plugin: LoadedPlugin) throws(MegaraptorError) {
        let status = plugin.activate()
        guard status != mr_status(MR_OK) else { return }
        throw MegaraptorError(
            MegaraptorError.Code(rawValue: status) ?? .internal,
            "The plugin \(plugin.id) refused to start.",
            hint: "Its log says why."
        )
    }

    /// Maps the library, calls its entry and has `check` look at what it filled in.
    private func enter(
        _ identity: LibraryIdentity,
        as id: String,
        check: (mr_plugin) throws(MegaraptorError) -> Void
    ) throws(MegaraptorError) -> LoadedPlugin {
        let library = try PluginLibrary.open(identity)
        try libraries.claim(identity, for: id)
        var functions = mr_plugin()
        functions.struct_size = UInt32(MemoryLayout<mr_plugin>.size)
        let status = library.entry(HostFunctions.make(for: bridge(id)), &functions)
        guard status == mr_status(MR_OK) else {
            throw MegaraptorError(
                MegaraptorError.Code(rawValue: status) ?? .internal,
                "The plugin \(identity.path) refused this host (contract \(MR_ABI_MAJOR).\(MR_ABI_MINOR)).",
                hint: "Use a plugin built for this contract; its log may say more."
            )
        }
        try check(functions)
        return LoadedPlugin(id: id, library: identity, functions: functions)
    }

    private func describe(_ plugin: LoadedPlugin) -> Result<[UInt8], MegaraptorError> {
        let done = DispatchSemaphore(value: 0)
        let box = Answer()
        let id = calls.makeID()
        calls.insert(
            id,
            CallTable.Pending(
                plugin: plugin.id,
                deadline: .now + Self.describeTimeout,
                progress: nil,
                elicit: nil,
                finish: { result in
                    box.value.withLock { $0 = result }
                    done.signal()
                },
                cancel: { plugin.cancel(id) }
            )
        )
        plugin.invoke(id, method: "describe", params: Array("{}".utf8))
        done.wait()
        return box.value.withLock { $0 } ?? .failure(MegaraptorError(.internal, "No description arrived."))
    }

    private final class Answer: Sendable {
        let value = Mutex<Result<[UInt8], MegaraptorError>?>(nil)
    }

    /// What was listed from the manifest is what the code must offer, to the letter.
    static func compare(_ description: [UInt8], with manifest: PluginManifest) throws(MegaraptorError) {
        let described = try parse(description, manifest.id)
        guard let difference = ManifestComparison.difference(manifest.contributesJSON, described) else { return }
        throw MegaraptorError(
            .failedPrecondition,
            "The manifest of \(manifest.id) and its code differ: \(difference).",
            hint: "Make the manifest anew: megaraptor-plugin inspect --manifest \(manifest.libraryPath ?? "LIBRARY")."
        )
    }

    private static func parse(_ description: [UInt8], _ id: String) throws(MegaraptorError) -> JSONValue {
        do {
            return try JSONValue(json: description)
        } catch {
            throw MegaraptorError(.internal, "The plugin \(id) describes itself in what is no JSON: \(error).")
        }
    }
}
