// SPDX-License-Identifier: Apache-2.0

public import JSONValue
public import Logging
public import MegaraptorErrors
internal import PluginTrust

/// What a library says of itself when it is opened without a manifest.
public struct PluginInspection: Sendable {
    public let library: String
    public let id: String
    public let version: String
    public let runtime: String
    /// Tools, resources, resource templates and prompts in the manifest's shape.
    public let contributes: JSONValue

    package init(library: String, id: String, version: String, runtime: String, contributes: JSONValue) {
        self.library = library
        self.id = id
        self.version = version
        self.runtime = runtime
        self.contributes = contributes
    }

    public var json: JSONValue {
        [
            "library": .string(library), "id": .string(id), "version": .string(version), "runtime": .string(runtime),
            "contributes": contributes,
        ]
    }
}

extension PluginHost {
    /// Opens a library in this process, asks what it offers, and leaves it open. Blocks the calling thread.
    public static func inspect(library: String, logger: Logger) throws(MegaraptorError) -> PluginInspection {
        let calls = CallTable()
        let services = HostServices(
            folders: HostFolders(environment: [:]),
            settings: { _ in [:] },
            pluginFolder: { _ in nil },
            resourceUpdated: { _ in },
            secrets: SecretService(manifest: { _ in nil }, read: PluginHost.noSecrets, redactor: Redactor())
        )
        let loader = PluginLoader(calls: calls, libraries: OpenedLibraries()) {
            PluginBridge(plugin: $0, calls: calls, services: services, logger: logger)
        }
        return try loader.inspect(library)
    }
}
