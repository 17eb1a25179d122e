// SPDX-License-Identifier: Apache-2.0

/// The host's folders after the XDG base directory specification.
public struct HostFolders: Sendable {
    public let state: String
    public let cache: String
    public let data: String
    public let config: String

    /// - Parameter environment: `XDG_*_HOME` and `HOME` are read; a relative or empty value counts as unset.
    public init(environment: [String: String]) {
        let home = environment["HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? "/"
        func folder(_ variable: String, _ fallback: String) -> String {
            let base = environment[variable].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "\(home)/\(fallback)"
            return "\(base)/megaraptor-mcp"
        }
        state = folder("XDG_STATE_HOME", ".local/state")
        cache = folder("XDG_CACHE_HOME", ".cache")
        data = folder("XDG_DATA_HOME", ".local/share")
        config = folder("XDG_CONFIG_HOME", ".config")
    }

    /// Where a plugin may keep state. The id was checked to be a plain path component when its manifest was read.
    func state(of plugin: String) -> String { "\(state)/plugins/\(plugin)" }
    /// The records of libraries that must not be opened.
    public var quarantine: String { "\(state)/quarantine" }
    func cache(of plugin: String) -> String { "\(cache)/plugins/\(plugin)" }
}
