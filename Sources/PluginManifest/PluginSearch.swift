// SPDX-License-Identifier: Apache-2.0

internal import Glibc
public import MegaraptorErrors

/// Where plugins are looked for, in order. Of two plugins with one id the first counts.
public struct PluginSearch: Sendable {
    public struct Folder: Sendable, Hashable {
        public let path: String
        /// Why it is searched, for people.
        public let origin: String
    }

    /// A plugin that another with the same id hides.
    public struct Shadowed: Sendable, Hashable {
        public let id: String
        public let folder: String
        public let by: String
    }

    public struct Discovery: Sendable {
        public var manifests: [PluginManifest] = []
        /// Manifests that cannot be used, each with the reason and where.
        public var problems: [MegaraptorError] = []
        public var shadowed: [Shadowed] = []
        /// Plugins that are not trusted; why stands in `problems`.
        public var refused: [PluginManifest] = []
    }

    private static let bundled = "bundled"

    public let folders: [Folder]
    private let libraryFolders: [String]

    /// - Parameters:
    ///   - explicit: folders named on the command line; these must exist.
    ///   - executable: the running program's absolute path. Bundled plugins lie relative to it.
    public init(explicit: [String], environment: [String: String], executable: String) {
        let layout = InstallationLayout(executable: executable)
        var folders = explicit.map { Folder(path: $0, origin: "--plugin-dir") }
        let listed = environment["MEGARAPTOR_PLUGIN_PATH"]?.split(separator: ":").map(String.init) ?? []
        folders += listed.map { Folder(path: $0, origin: "MEGARAPTOR_PLUGIN_PATH") }
        let home = environment["HOME"] ?? "/"
        let data = environment["XDG_DATA_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "\(home)/.local/share"
        folders.append(Folder(path: "\(data)/megaraptor-mcp/plugins", origin: "user"))
        folders.append(Folder(path: "/usr/local/lib/megaraptor-mcp/plugins", origin: "machine"))
        folders.append(Folder(path: "/usr/lib/megaraptor-mcp/plugins", origin: "machine"))
        folders.append(Folder(path: layout.manifests, origin: Self.bundled))
        self.folders = folders
        libraryFolders = layout.libraries
    }

    /// Reads every manifest there is. One that cannot be used costs only itself.
    public func discover() -> Discovery {
        var discovery = Discovery()
        for folder in folders {
            for candidate in Self.candidates(in: folder.path) { add(candidate, folder.origin, to: &discovery) }
            if folder.origin == "--plugin-dir", !Self.isFolder(folder.path) {
                discovery.problems.append(
                    MegaraptorError(
                        .notFound,
                        "The plugin folder \(folder.path) does not exist.",
                        hint: "Correct --plugin-dir."
                    )
                )
            }
        }
        return discovery
    }

    private func add(_ folder: String, _ origin: String, to discovery: inout Discovery) {
        do {
            var manifest = try PluginManifest.read(folder: folder, libraryFolders: libraryFolders)
            manifest.isBundled = origin == Self.bundled
            if let first = discovery.manifests.first(where: { $0.id == manifest.id }) {
                discovery.shadowed.append(Shadowed(id: manifest.id, folder: folder, by: first.folder))
            } else {
                discovery.manifests.append(manifest)
            }
        } catch {
            discovery.problems.append(error)
        }
    }

    /// The folder itself if it is a plugin's, else those of its folders that are, sorted by name.
    private static func candidates(in folder: String) -> [String] {
        if isFile("\(folder)/plugin.yaml") { return [folder] }
        return subfolders(of: folder).filter { isFile("\($0)/plugin.yaml") }
    }

    /// The folders in which plugins lie or could come to lie, sorted by name.
    public static func subfolders(of folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix("."), isFolder("\(folder)/\(name)") { names.append(name) }
        }
        return names.sorted().map { "\(folder)/\($0)" }
    }

    package static func isFile(_ path: String) -> Bool { kind(path) == S_IFREG }
    package static func isFolder(_ path: String) -> Bool { kind(path) == S_IFDIR }

    private static func kind(_ path: String) -> mode_t? {
        var info = stat()
        return stat(path, &info) == 0 ? info.st_mode & S_IFMT : nil
    }
}
