// SPDX-License-Identifier: Apache-2.0

/// A random password. It shows itself only through ``text``.
public struct GeneratedPassword: Sendable {
    /// Secret.
    public let text: String

    /// Letters and digits without those that look alike in some font: `0 O o`, `1 l I i`.
    public static let alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz23456789"

    /// The shortest that is made.
    public static let leastLength = 24

    /// Takes each character by itself from the system's source for secrets.
    ///
    /// - Parameter length: at least ``leastLength``, and that many where fewer are asked for.
    public init(length: Int = leastLength) {
        let characters = Array(Self.alphabet)
        var generator = SystemRandomNumberGenerator()
        text = String(
            (0..<max(length, Self.leastLength)).map { _ in
                characters[Int.random(in: 0..<characters.count, using: &generator)]
            }
        )
    }

    /// The bits of a password of this length: 138 for the shortest.
    public static func entropy(length: Int) -> Double {
        Double(length) * bitsPerCharacter
    }

    /// The binary logarithm of 55, the size of ``alphabet``.
    private static let bitsPerCharacter = 5.7813597135
}

extension GeneratedPassword: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "GeneratedPassword(\(text.utf8.count) characters)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
