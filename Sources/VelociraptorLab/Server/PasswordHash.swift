// SPDX-License-Identifier: Apache-2.0

import Cryptography
import JSONValue
import MegaraptorErrors

/// A password as the server keeps it: the SHA-256 of salt and password, in one round.
struct PasswordHash: Sendable, Hashable {
    var hash: [UInt8]
    var salt: [UInt8]

    /// From the lower-case hexadecimal digits of both; `nil` where they are none.
    init?(hash: String, salt: String) {
        guard let hash = Hexadecimal.decode(hash.utf8), let salt = Hexadecimal.decode(salt.utf8), !hash.isEmpty else {
            return nil
        }
        self.hash = hash
        self.salt = salt
    }

    init(password: String) throws(MegaraptorError) {
        salt = Cryptography.randomBytes(32)
        hash = try SHA256.digest(salt + Array(password.utf8))
    }

    func accepts(_ password: String) -> Bool {
        do throws(MegaraptorError) {
            return Cryptography.areEqual(try SHA256.digest(salt + Array(password.utf8)), hash)
        } catch {
            return false
        }
    }
}
