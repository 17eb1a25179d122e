// SPDX-License-Identifier: Apache-2.0

import Cryptography
import JSONValue
import MegaraptorErrors

/// The public key of a pair whose private part nobody has: Azure wants one for each Linux machine.
enum ThrowawayKey {
    static func make() throws(MegaraptorError) -> String {
        let key = try Ed25519.publicKey(of: Cryptography.randomBytes(32))
        let name = Array("ssh-ed25519".utf8)
        return "ssh-ed25519 \(Base64.encode(field(name) + field(key))) nobody"
    }

    /// A length of four bytes, then the bytes (RFC 4251).
    private static func field(_ bytes: [UInt8]) -> [UInt8] {
        (0..<4).reversed().map { UInt8(truncatingIfNeeded: bytes.count >> ($0 * 8)) } + bytes
    }
}
