// SPDX-License-Identifier: Apache-2.0

import Foundation
import MegaraptorErrors

/// The files of a system that is just large enough for the server's stand-in: a static busybox, and OpenSSL with the
/// libraries that it asks for.
enum BaseImage {
    static func archive(in folder: URL) throws -> [UInt8] {
        let root = folder.appendingPathComponent("base").path
        let archive = folder.appendingPathComponent("base.tar").path
        let script = """
            set -e
            mkdir -p "$0/bin" "$0/tmp" "$0/etc" "$0/usr/lib/ssl"
            cp "$(command -v busybox)" "$0/bin/busybox"
            cp /usr/bin/openssl "$0/bin/openssl"
            for library in $(ldd /usr/bin/openssl | grep -o '/[^ ]*'); do
                mkdir -p "$0$(dirname "$library")"
                cp -L "$library" "$0$library"
            done
            tar -C "$0" -cf "$1" .
            rm -rf "$0"
            """
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", script, root, archive]
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw MegaraptorError(.internal, "The files of the test's image cannot be put together.")
        }
        let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: archive)))
        try FileManager.default.removeItem(atPath: archive)
        return bytes
    }
}
