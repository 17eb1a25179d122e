// SPDX-License-Identifier: Apache-2.0

public import Dispatch
public import PluginManifest

/// How plugins get processes of their own.
public struct WorkerSettings: Sendable {
    /// The program and arguments that run ``PluginWorker``: this one again, unless a test says otherwise.
    public var program = "/proc/self/exe"
    public var arguments = ["worker"]
    public var limits = WorkerLimits()
    /// What workers may be given of it.
    public var environment: [String: String] = [:]
    /// Which plugins that are not bundled may run inside the host if they ask for it.
    public var mayRunInProcess: @Sendable (PluginManifest) -> Bool = { _ in false }
    /// How long a worker may hang: until its plugin is open, and until it takes notice of a cancelled call.
    public var patience = DispatchTimeInterval.seconds(10)

    public init() {}

    /// Bundled plugins run inside the host unless they ask for a process; others the other way round. Native functions
    /// never do: nobody has compiled their declarations against the library.
    public func isolation(of manifest: PluginManifest) -> PluginManifest.Isolation {
        guard manifest.nativeTools.isEmpty else { return .process }
        if manifest.isBundled { return manifest.isolation ?? .inProcess }
        return manifest.isolation == .inProcess && mayRunInProcess(manifest) ? .inProcess : .process
    }

    // MARK: - Environment

    /// What programs commonly need to find their way, and nothing that could be a secret.
    private static let common = [
        "PATH", "HOME", "LANG", "LC_*", "TZ", "XDG_*", "TMPDIR", "LD_LIBRARY_PATH", "MEGARAPTOR_LOG",
    ]

    /// `NAME=value` for all that a plugin's worker sees.
    func environment(for manifest: PluginManifest) -> [String] {
        let patterns = (Self.common + manifest.permissions.environment).map(NamePattern.init)
        let given = environment.filter { name, _ in patterns.contains { $0.matches(name) } }
        // A crash is told at once instead of after a drawn-out backtrace.
        return given.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }.map { "\($0)=\($1)" }.sorted()
    }
}
