// SPDX-License-Identifier: Apache-2.0

import Foundation
import MegaraptorErrors
import PluginManifest
import Testing

@Suite("Plugins are found in a fixed order of folders")
struct PluginSearchTests {
    private func plugin(_ id: String, in folder: URL, text: String? = nil) throws {
        let home = folder.appending(path: id)
        try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
        let manifest = ManifestReadingTests.good.replacingOccurrences(of: "org.example.greeter", with: id)
        try Data((text ?? manifest).utf8).write(to: home.appending(path: "plugin.yaml"))
    }

    private func search(_ explicit: [String], _ environment: [String: String] = [:]) -> PluginSearch {
        PluginSearch(explicit: explicit, environment: environment, executable: "/opt/m/bin/megaraptor-mcp")
    }

    @Test("The command line comes first, then the variable, the user, the machine and what is bundled")
    func order() {
        let folders = search(["/a"], ["MEGARAPTOR_PLUGIN_PATH": "/b:/c", "HOME": "/h"]).folders.map(\.path)
        #expect(
            folders == [
                "/a", "/b", "/c", "/h/.local/share/megaraptor-mcp/plugins", "/usr/local/lib/megaraptor-mcp/plugins",
                "/usr/lib/megaraptor-mcp/plugins", "/opt/m/share/megaraptor-mcp/manifests",
            ]
        )
    }

    @Test("In a build tree the bundled manifests are those of the source tree")
    func buildTree() {
        let search = PluginSearch(
            explicit: [],
            environment: [:],
            executable: "/src/tree/.build/x86_64-unknown-linux-gnu/release/megaraptor-mcp"
        )
        #expect(search.folders.last?.path == "/src/tree/manifests")
    }

    @Test("Of two plugins with one id the first counts, and the other is reported")
    func shadowing() throws {
        let root = FileManager.default.temporaryDirectory.appending(path: "search-\(UUID().uuidString)")
        defer { removeOrReport(root) }
        try plugin("org.example.one", in: root.appending(path: "a"))
        try plugin("org.example.one", in: root.appending(path: "b"))
        try plugin("org.example.two", in: root.appending(path: "b"))
        let found = search([root.appending(path: "a").path, root.appending(path: "b").path]).discover()
        #expect(found.manifests.map(\.id) == ["org.example.one", "org.example.two"])
        #expect(found.manifests.first?.folder.contains("/a/") == true)
        #expect(found.shadowed.map(\.id) == ["org.example.one"])
    }

    @Test("A broken manifest costs only itself and is reported")
    func broken() throws {
        let root = FileManager.default.temporaryDirectory.appending(path: "search-\(UUID().uuidString)")
        defer { removeOrReport(root) }
        try plugin("org.example.broken", in: root, text: "schema: [")
        try plugin("org.example.whole", in: root)
        let found = search([root.path]).discover()
        #expect(found.manifests.map(\.id) == ["org.example.whole"])
        #expect(found.problems.count == 1)
    }

    @Test("A folder named on the command line that does not exist is reported")
    func missingFolder() {
        #expect(search(["/does/not/exist"]).discover().problems.first?.message.contains("/does/not/exist") == true)
    }
}
