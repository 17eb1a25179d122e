// SPDX-License-Identifier: Apache-2.0

public import JSONValue

/// Makes of arguments what may be kept: no secrets, and nothing long.
public struct RecordRedactor: Sendable {
    private let hideSecrets: @Sendable (String) -> String

    static let longestText = 1024
    static let longestValue = 8 << 10

    private static let tellingWords = [
        "password", "passwd", "passphrase", "secret", "token", "credential", "authorization", "cookie",
    ]

    /// - Parameter hideSecrets: takes values that are known to be secret out of a text.
    public init(_ hideSecrets: @escaping @Sendable (String) -> String = { $0 }) {
        self.hideSecrets = hideSecrets
    }

    /// Texts are shortened until the whole is of bearable size; what cannot be made so is only measured.
    public func redacted(_ value: JSONValue) -> JSONValue {
        for limit in [Self.longestText, 256, 64] {
            let short = redacted(value, limit)
            if short.jsonBytes().count <= Self.longestValue { return short }
        }
        return .string("[\(value.jsonBytes().count) bytes]")
    }

    public func redacted(_ text: String) -> String { shortened(hideSecrets(text), Self.longestText) }

    private func redacted(_ value: JSONValue, _ limit: Int) -> JSONValue {
        switch value {
        case .string(let text): .string(shortened(hideSecrets(text), limit))
        case .array(let elements): .array(elements.map { redacted($0, limit) })
        case .object(let object):
            .object(
                JSONObject(
                    object.map { key, value in
                        (hideSecrets(key), Self.isTelling(key) ? "[redacted]" : redacted(value, limit))
                    }
                )
            )
        case .number(let number) where number.literal.utf8.count > limit: .string(shortened(number.literal, limit))
        default: value
        }
    }

    /// Whether a name says that its value is a secret.
    private static func isTelling(_ key: String) -> Bool {
        let key = key.lowercased()
        return key.hasSuffix("key") || key.hasSuffix("keys") || tellingWords.contains { key.contains($0) }
    }

    private func shortened(_ text: String, _ limit: Int) -> String {
        let size = text.utf8.count
        guard size > limit else { return text }
        return String(decoding: text.utf8.prefix(limit), as: UTF8.self) + "… [\(size) bytes]"
    }
}
