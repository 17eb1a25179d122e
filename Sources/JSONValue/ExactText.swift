// SPDX-License-Identifier: Apache-2.0

extension String {
    /// Whether both hold the same characters, code point for code point. Swift's `==` also equates canonically
    /// equivalent ones.
    func isIdentical(to other: String) -> Bool {
        self == other && utf8.count == other.utf8.count && utf8.elementsEqual(other.utf8)
    }
}

/// A string as a dictionary key that is found only by the same code points.
struct ExactText: Hashable {
    let text: String

    init(_ text: String) { self.text = text }

    static func == (left: ExactText, right: ExactText) -> Bool { left.text.isIdentical(to: right.text) }

    // Equal code points are canonically equivalent, so the string's own hash serves.
    func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
