// SPDX-License-Identifier: Apache-2.0

/// Texts in URLs and forms.
enum URLText {
    /// Everything but RFC 3986's unreserved characters as `%XX`: right in paths, queries and forms.
    static func form(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain =
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || "-._~".utf8.contains(byte)
            if isPlain { return String(UnicodeScalar(byte)) }
            return "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }

    /// A query with its question mark.
    static func query(_ items: [(String, String)]) -> String {
        "?" + items.map { "\(form($0.0))=\(form($0.1))" }.joined(separator: "&")
    }
}
