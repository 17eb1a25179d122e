// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
public import MegaraptorErrors
public import PluginManifest

/// Decides which plugins are offered, and again which libraries are opened.
public struct TrustPolicy: Sendable {
    public enum Requirement: String, Sendable, CaseIterable {
        /// Nothing is asked for. For machines where plugins are written.
        case any
        /// Only this user and root can change it, and it is as it stands in the lock file.
        case pinned
        /// As `pinned`, but vouched for by a signer's signature; a pin is held to where there is one.
        case signed
    }

    public let requirement: Requirement
    /// The lock file's path.
    public let lock: String
    /// Ed25519 public keys in base64 by the signers' names.
    public let signers: [String: String]
    private let bundledWriters: TrustedWriters

    /// - Parameter program: the host's own path without links. What is bundled is as safe as the program is.
    public init(_ requirement: Requirement, lock: String, signers: [String: String], program: String) {
        self.requirement = requirement
        self.lock = lock
        self.signers = signers
        bundledWriters = TrustedWriters(besides: program)
    }

    /// Everything may be opened.
    public static let any = TrustPolicy(.any, lock: "", signers: [:], program: "")

    // MARK: - When plugins are listed

    /// Looks at attributes and at the manifest; no library is read.
    public func level(of manifest: PluginManifest) throws(MegaraptorError) -> TrustLevel {
        guard requirement != .any else { return .notChecked }
        try requireSafeFiles(of: manifest)
        return manifest.isBundled ? .bundled : try judge(manifest, library: nil)
    }

    /// Everything that makes the plugin's files unsafe.
    public func faults(of manifest: PluginManifest) -> [FileFault] {
        let check = check(for: manifest)
        let folder = ShellPath.absolute(manifest.folder)
        var faults = check.faults(of: "\(folder)/plugin.yaml")
        // The texts lie in the same folder.
        faults += manifest.fileNames.sorted().flatMap { check.ownFaults(of: "\(folder)/\($0)") }
        if let library = manifest.libraryPath { faults += check.faults(of: library, suffix: ".so") }
        var seen: Set<FileFault> = []
        return faults.filter { seen.insert($0).inserted }
    }

    private func requireSafeFiles(of manifest: PluginManifest) throws(MegaraptorError) {
        if requirement != .any, let error = FileFault.error(faults(of: manifest)) { throw error }
    }

    private func check(for manifest: PluginManifest) -> FileCheck {
        FileCheck(writers: manifest.isBundled ? bundledWriters : TrustedWriters())
    }

    // MARK: - Before a library is opened

    /// Looks at everything again, and reads the library.
    /// - Returns: what was read. Compare it once more when the library is open: ``LibraryIdentity/requireUnchanged()``.
    public func admit(_ manifest: PluginManifest, at path: String) throws(MegaraptorError) -> LibraryIdentity {
        try requireSafeFiles(of: manifest)
        let library = try read(path, of: manifest)
        if requirement != .any, !manifest.isBundled { _ = try judge(manifest, library: library.sha256) }
        return library
    }

    /// As ``admit(_:at:)``, for a plugin whose only code is native functions.
    public func admit(_ manifest: PluginManifest) throws(MegaraptorError) {
        _ = try level(of: manifest)
    }

    /// What the plugin is now, for a pin. Its files have to be safe, and its library the one that its manifest names.
    public func fingerprint(of manifest: PluginManifest) throws(MegaraptorError) -> PluginFingerprint {
        try requireSafeFiles(of: manifest)
        guard let name = manifest.library else { return try PluginFingerprint(of: manifest, library: nil) }
        let path = manifest.libraryPath ?? "\(manifest.folder)/\(name)"
        return try PluginFingerprint(of: manifest, library: read(path, of: manifest).sha256)
    }

    /// Reads a library through the one descriptor whose owner and mode were looked at.
    private func read(_ path: String, of manifest: PluginManifest) throws(MegaraptorError) -> LibraryIdentity {
        let isChecked = requirement != .any
        let library = try LibraryIdentity(reading: path, followsLinks: !isChecked) { status throws(MegaraptorError) in
            guard isChecked, let error = FileFault.error(check(for: manifest).faults(of: path, status)) else { return }
            throw error
        }
        guard let stated = manifest.sha256, stated != library.sha256 else { return library }
        throw MegaraptorError(
            .failedPrecondition,
            "The library \(path) is not the one its manifest names: sha256 is \(library.sha256), not \(stated).",
            hint: "Install the plugin anew, manifest and library together."
        )
    }

    // MARK: - The rules

    /// - Parameter library: its digest; `nil` where it has not been read, and whatever is stated is believed for now.
    private func judge(_ manifest: PluginManifest, library: String?) throws(MegaraptorError) -> TrustLevel {
        let pin = try LockFile(reading: lock).pins[manifest.id].map(PluginFingerprint.init(checked:))
        if let pin {
            let real = try PluginFingerprint(of: manifest, library: library ?? pin.library)
            if let difference = real.difference(from: pin) {
                throw Self.refusal(manifest, "has changed since it was trusted: \(difference)")
            }
        }
        guard requirement == .signed else {
            guard pin != nil else { throw Self.refusal(manifest, "is not trusted: it does not stand in \(lock)") }
            return .pinned
        }
        let signature = try PluginSignature(in: manifest.folder)
        let real = try PluginFingerprint(of: manifest, library: library ?? signature.fingerprint.library)
        return .signed(by: try signature.signer(of: real, among: signers))
    }

    private static func refusal(_ manifest: PluginManifest, _ reason: String) -> MegaraptorError {
        // The folder is found wherever the command is run, which the id is not.
        let folder = ShellPath.quoted(ShellPath.absolute(manifest.folder))
        return MegaraptorError(
            .permissionDenied,
            "The plugin \(manifest.id) in \(manifest.folder) \(reason).",
            hint: "If you trust it as it is now: megaraptor-mcp plugins trust \(folder)",
            details: ["plugin": .string(manifest.id)]
        )
    }
}

extension TrustPolicy {
    /// Takes what is not trusted out of what was found, and says why.
    /// - Returns: the level of every plugin by its id.
    public func apply(to discovery: inout PluginSearch.Discovery) -> [String: TrustLevel] {
        var levels: [String: TrustLevel] = [:]
        for manifest in discovery.manifests {
            do {
                levels[manifest.id] = try level(of: manifest)
            } catch {
                levels[manifest.id] = .untrusted(error)
                discovery.problems.append(error)
                discovery.refused.append(manifest)
            }
        }
        let refused = Set(discovery.refused.map(\.id))
        discovery.manifests.removeAll { refused.contains($0.id) }
        return levels
    }
}
