// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// Files as they were agreed to. MEGARAPTOR_UPDATE_GOLDEN=1 writes them anew.
struct Golden {
    let agreed: URL

    /// - Parameter testFile: beside which the folder `Golden` lies.
    init(_ name: String, beside testFile: String) {
        agreed = URL(filePath: testFile).deletingLastPathComponent().appending(path: "Golden").appending(path: name)
    }

    private static var isUpdating: Bool { ProcessInfo.processInfo.environment["MEGARAPTOR_UPDATE_GOLDEN"] == "1" }

    /// - Parameter names: of files in `folder`; those and no others are agreed to.
    func expect(_ names: [String], in folder: String) throws {
        #expect(!names.isEmpty)
        if Self.isUpdating { try? FileManager.default.removeItem(at: agreed) }
        for name in names {
            let (made, place) = (URL(filePath: folder).appending(path: name), agreed.appending(path: name))
            if Self.isUpdating {
                let parent = place.deletingLastPathComponent()
                try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
                try FileManager.default.copyItem(at: made, to: place)
                try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: place.path)
            }
            let text = try String(contentsOf: made, encoding: .utf8)
            #expect(text == (try String(contentsOf: place, encoding: .utf8)), "\(place.path)")
        }
        #expect(Set(try Self.files(agreed.path)) == Set(names))
    }

    /// All files in a folder and its folders.
    static func files(_ folder: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder).filter { name in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: "\(folder)/\(name)", isDirectory: &isFolder)
                && !isFolder.boolValue
        }.sorted()
    }
}
