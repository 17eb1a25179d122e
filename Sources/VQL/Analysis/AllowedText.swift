// SPDX-License-Identifier: Apache-2.0

/// The texts with which an argument leaves a call what it is.
enum AllowedText: Sendable {
    /// One of these, whatever the case.
    case word(Set<String>)
    /// Begins with one of these, whatever the case.
    case beginning([String])
    /// Letters, digits, `_`, `-` and dots, the first a letter, and begins with this.
    case name(String)

    func allows(_ text: String) -> Bool {
        switch self {
        case .word(let words): words.contains(text.lowercased())
        case .beginning(let beginnings): beginnings.contains { text.lowercased().hasPrefix($0) }
        case .name(let beginning):
            text.hasPrefix(beginning) && text.utf8.first?.startsName ?? false
                && text.utf8.allSatisfy { $0.continuesName || $0 == ASCII.dot || $0 == ASCII.minus }
        }
    }
}
