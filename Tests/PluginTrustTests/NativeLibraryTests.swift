// SPDX-License-Identifier: Apache-2.0

import Foundation
import MegaraptorErrors
import PluginManifest
import PluginTrust
import Testing

@Suite("A native library beside a manifest belongs to what is trusted")
struct NativeLibraryTests {
    private static let manifest = """
        {"schema": 1, "id": "org.example.native", "name": "N", "version": "1.0.0", "abi": 1,
         "license": "Apache-2.0", "description": "For tests.",
         "contributes": {"toolsets": [{"name": "n", "description": "N."}],
          "tools": [{"name": "f", "description": "F.", "toolset": "n", "input_schema": {"type": "object"},
           "run": {"native": {"library": "libn.so", "beside": true, "symbol": "f"}}}]}}
        """

    @Test("A changed library is another fingerprint, and one that is gone has none")
    func fingerprint() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "megaraptor-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: folder) } }
        let library = folder.appending(path: "libn.so")
        try Data(Self.manifest.utf8).write(to: folder.appending(path: "plugin.yaml"))
        try Data("one".utf8).write(to: library)
        let plugin = try PluginManifest.read(folder: folder.path, libraryFolders: [])
        let first = try PluginFingerprint(of: plugin, library: nil)
        #expect(try PluginFingerprint(of: plugin, library: nil) == first)
        try Data("two".utf8).write(to: library)
        #expect(try PluginFingerprint(of: plugin, library: nil) != first)
        try FileManager.default.removeItem(at: library)
        #expect(throws: MegaraptorError.self) { try PluginFingerprint(of: plugin, library: nil) }
    }
}
