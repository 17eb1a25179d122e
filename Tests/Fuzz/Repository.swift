// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Files of the source tree that serve as seeds.
enum Repository {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static func files(_ folder: String, _ name: String) -> [[UInt8]] {
        let files = FileManager.default.enumerator(at: root.appending(path: folder), includingPropertiesForKeys: nil)
        var found: [URL] = []
        while let file = files?.nextObject() as? URL {
            if file.lastPathComponent == name { found.append(file) }
        }
        return found.sorted { $0.path < $1.path }.compactMap(contents)
    }

    static func lines(_ file: String) -> [[UInt8]] {
        (contents(root.appending(path: file)) ?? []).split(separator: UInt8(ascii: "\n")).map(Array.init)
    }

    private static func contents(_ file: URL) -> [UInt8]? {
        FileManager.default.contents(atPath: file.path).map(Array.init)
    }
}
