// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// Texts that people read, agreed once and compared from then on.
enum Golden {
    /// `MEGARAPTOR_UPDATE_GOLDEN=1` writes the file anew.
    static func compare(_ text: String, with name: String) throws {
        let file = Products.sourceRoot.appending(path: "Tests/EndToEndTests/\(name)")
        if ProcessInfo.processInfo.environment["MEGARAPTOR_UPDATE_GOLDEN"] == "1" {
            try Data(text.utf8).write(to: file)
        }
        let agreed = try String(contentsOf: file, encoding: .utf8)
        #expect(text == agreed, "MEGARAPTOR_UPDATE_GOLDEN=1 agrees to it")
    }
}
