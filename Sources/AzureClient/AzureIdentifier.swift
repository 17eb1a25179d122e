// SPDX-License-Identifier: Apache-2.0

internal import Cryptography
internal import JSONValue

/// Identifiers as Azure writes them.
public enum AzureIdentifier {
    /// A random UUID (RFC 9562, version 4), in lower case.
    public static func random() -> String {
        var bytes = Cryptography.randomBytes(16)
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        let digits = Array(Hexadecimal.encode(bytes))
        return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }.joined(separator: "-")
    }
}
