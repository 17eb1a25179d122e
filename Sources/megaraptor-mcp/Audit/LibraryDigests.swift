// SPDX-License-Identifier: Apache-2.0

import Cryptography
import Glibc
import JSONValue
import MegaraptorErrors
import PluginManifest
import Synchronization

/// The SHA-256 of each plugin's library, computed at its first call.
///
/// A library that was opened stays open as it was, whatever becomes of its file, so each digest is computed once.
final class LibraryDigests: Sendable {
    private let paths: [String: String]
    private let known = Mutex<[String: String]>([:])

    init(_ manifests: [PluginManifest]) {
        paths = Dictionary(manifests.compactMap { plugin in plugin.libraryPath.map { (plugin.id, $0) } }) { first, _ in
            first
        }
    }

    /// Hexadecimal; empty for what has no library or one that cannot be read.
    func digest(of plugin: String) throws(MegaraptorError) -> String {
        if let digest = known.withLock({ $0[plugin] }) { return digest }
        let digest = try paths[plugin].map(Self.digest) ?? ""
        known.withLock { $0[plugin] = digest }
        return digest
    }

    private static func digest(ofFile path: String) throws(MegaraptorError) -> String {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return "" }
        defer { close(file) }
        var hash = try SHA256()
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = buffer.withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
            guard count > 0 else { break }
            buffer.withUnsafeBytes { hash.update(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
        }
        return Hexadecimal.encode(try hash.finish())
    }
}
