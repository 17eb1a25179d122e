// SPDX-License-Identifier: Apache-2.0

import MegaraptorErrors
import WholeFiles

/// Settings and token files of this machine.
enum SmallFile {
    /// - Returns: `nil` where there is no such file.
    static func read(_ path: String) throws(MegaraptorError) -> [UInt8]? {
        try WholeFile.read(path)
    }

    /// The text of a file that must be there, without blanks around it.
    static func token(_ path: String, what: String) throws(MegaraptorError) -> String {
        guard let bytes = try read(path) else {
            throw MegaraptorError(.unauthenticated, "\(what), \(path), is not there.")
        }
        let isBlank: (Character) -> Bool = { $0.isWhitespace }
        let text = String(decoding: bytes, as: UTF8.self).drop(while: isBlank)
        return String(text.reversed().drop(while: isBlank).reversed())
    }
}
