// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A folder for one test, removed with its value. Its modes are set, whatever the umask is.
final class ScratchFolder: Sendable {
    let url: URL
    var path: String { url.path }

    init() throws {
        url = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
            .appending(path: "megaraptor-trust-\(UUID().uuidString)")
        try makeFolder("")
    }

    deinit {
        do { try FileManager.default.removeItem(at: url) } catch { print("left behind: \(url.path)") }
    }

    @discardableResult
    func makeFolder(_ name: String) throws -> String {
        let folder = name.isEmpty ? url : url.appending(path: name)
        try FileManager.default.createDirectory(
            at: folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o755]
        )
        return folder.path
    }

    @discardableResult
    func write(_ text: String, to name: String) throws -> String {
        let file = url.appending(path: name)
        try Data(text.utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file.path)
        return file.path
    }
}
