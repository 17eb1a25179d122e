// SPDX-License-Identifier: Apache-2.0

import Cryptography
import Glibc
import JSONValue
import MegaraptorErrors
import PluginManifest
import PluginTrust
import WholeFiles

/// A signer's secret key on disk: a heading that says what it is, and the key in base64.
struct SecretKeyFile {
    let secret: [UInt8]

    private static let heading = "megaraptor plugin secret key 1"

    /// A new key in a new file.
    init(creating path: String) throws(MegaraptorError) {
        secret = Cryptography.randomBytes(32)
        var info = stat()
        guard lstat(path, &info) != 0 else {
            throw MegaraptorError(
                .conflict,
                "\(path) exists already. A key that is overwritten is lost.",
                hint: "Name another file."
            )
        }
        do {
            try WholeFile.write("\(Self.heading)\n\(Base64.encode(secret))\n".utf8, to: path)
        } catch {
            throw MegaraptorError(
                .internal,
                "The key file \(path) cannot be written.",
                hint: "Check its folder's space and permissions.",
                cause: "\(error)"
            )
        }
    }

    /// A file that others can read is refused: the key may be anybody's by now.
    init(reading path: String) throws(MegaraptorError) {
        var info = stat()
        if stat(path, &info) == 0, info.st_mode & 0o077 != 0 {
            throw MegaraptorError(
                .permissionDenied,
                "Others than its owner can open the key file \(path).",
                hint: "chmod 600 \(ShellPath.quoted(path)); make a new key if somebody may have read it."
            )
        }
        let lines = String(decoding: try CheckedYAML.contents(of: path), as: UTF8.self).split(separator: "\n")
        guard lines.count == 2, lines[0] == Self.heading, let secret = Base64.decode(lines[1].utf8), secret.count == 32
        else {
            throw MegaraptorError(
                .invalidArgument,
                "\(path) is no secret key for plugins.",
                hint: "megaraptor-plugin keygen FILE makes one."
            )
        }
        self.secret = secret
    }
}
