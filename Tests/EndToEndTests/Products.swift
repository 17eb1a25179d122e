// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Where the built programs and the source tree lie.
enum Products {
    /// The test runner lies in the build's folder, beside the programs and libraries.
    static let folder = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()

    static let sourceRoot = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static var host: URL { folder.appending(path: "megaraptor-mcp") }
    static var lab: URL { folder.appending(path: "megaraptor-lab") }
    static var fixtureManifests: String { sourceRoot.appending(path: "Tests/Fixtures/manifests").path }
}

/// A folder for one test, removed with its value.
final class ScratchFolder: Sendable {
    let url: URL
    var path: String { url.path }

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "megaraptor-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        do { try FileManager.default.removeItem(at: url) } catch { print("left behind: \(url.path)") }
    }

    func write(_ text: String, to name: String) throws -> String {
        let file = url.appending(path: name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
        return file.path
    }
}
