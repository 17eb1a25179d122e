// SPDX-License-Identifier: Apache-2.0

import Cryptography
import JSONValue
import MegaraptorErrors

/// Tokens by which AWS knows a request again that comes twice.
enum Token {
    /// For one call and its own repetitions.
    static func random() -> String { "megaraptor-\(Hexadecimal.encode(Cryptography.randomBytes(16)))" }

    /// The same for the same parts, whichever process makes it.
    static func of(_ parts: [String]) throws(MegaraptorError) -> String {
        let text = parts.map { "\($0.utf8.count):\($0)" }.joined()
        return Hexadecimal.encode(try SHA256.digest(Array(text.utf8)))
    }
}
