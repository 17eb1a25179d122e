// SPDX-License-Identifier: Apache-2.0

import Foundation
import MegaraptorErrors
import PluginManifest
import PluginTrust
import Testing

@testable import PluginHost

@Suite("A library that is swapped after it was checked")
struct SwappedLibraryTests {
    private let plugins: FixturePlugins
    private let manifest: PluginManifest
    private let path: String

    init() throws {
        plugins = try FixturePlugins()
        manifest = try plugins.bad("")
        path = try #require(manifest.libraryPath)
    }

    /// The same bytes in another file.
    private func copy() throws -> String {
        try FileManager.default.copyItem(atPath: path, toPath: "\(path).other")
        return "\(path).other"
    }

    @Test("Before it is opened: its code does not run")
    func before() throws {
        let identity = try TrustPolicy.any.admit(manifest, at: path)
        #expect(rename(try copy(), path) == 0)
        let error = #expect(throws: MegaraptorError.self) { try PluginLibrary.open(identity) }
        #expect(error?.code == .conflict)
        #expect(error?.message == "The library \(path) was replaced after it was checked.")
    }

    @Test("While the loader works: it is refused before its entry is called")
    func during() throws {
        let source = plugins.folder.appending(path: "swap.c")
        let other = try copy()
        let code = """
            #include <stdio.h>
            __attribute__((constructor)) static void swap(void) { rename("\(other)", "\(path)"); }
            int megaraptor_plugin_v1(void) { return 0; }
            """
        try Data(code.utf8).write(to: source)
        try FixturePlugins.compile(source.path, to: URL(filePath: path), [])
        let identity = try TrustPolicy.any.admit(manifest, at: path)
        let error = #expect(throws: MegaraptorError.self) { try PluginLibrary.open(identity) }
        #expect(error?.message == "The library \(path) was replaced after it was checked.")
    }

    @Test("While it is open: the host can tell that a restart would bring another")
    func open() async throws {
        let test = HostUnderTest([manifest])
        try await test.host.prepare(manifest.id)
        let library = try #require(test.host.openLibrary(of: manifest.id))
        #expect(library.path == path && library.state == .same)
        #expect(test.host.openLibrary(of: "org.example.none") == nil)
        #expect(rename(try copy(), path) == 0)
        #expect(library.state == .changed)
        #expect(unlink(path) == 0)
        #expect(library.state == .gone)
    }
}
