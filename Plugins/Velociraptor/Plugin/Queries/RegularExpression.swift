// SPDX-License-Identifier: Apache-2.0

/// Regular expressions of the server (RE2) made from plain text.
enum RegularExpression {
    private static let special = Set("\\.+*?()|[]{}^$")

    /// An expression that finds the text itself, whatever its characters mean.
    static func matching(_ text: String) -> String {
        String(text.flatMap { special.contains($0) ? ["\\", $0] : [$0] })
    }
}
