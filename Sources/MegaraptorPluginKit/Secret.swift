// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors

/// A password, a token or a key that operations keep for plugins.
///
/// It does not show itself: printing, describing or reflecting it gives its name and nothing else.
public struct Secret: Sendable {
    public let name: String
    /// `password`, `token`, `ssh_key` or `text`: what operations said that it is.
    public let type: String
    public let bytes: [UInt8]

    /// - Parameter answer: the host's `{value, type, base64?}`.
    init(_ name: String, _ answer: JSONValue) throws(MegaraptorError) {
        let isEncoded = answer["base64"] == true
        guard let value = answer["value"]?.stringValue, let type = answer["type"]?.stringValue,
            let bytes = isEncoded ? Base64.decode(value.utf8) : Array(value.utf8)
        else { throw MegaraptorError(.internal, "The host's answer for the secret \(name) cannot be understood.") }
        self.name = name
        self.type = type
        self.bytes = bytes
    }

    /// The value as text.
    ///
    /// - Throws: `failed_precondition` where it is none.
    public var text: String {
        get throws(MegaraptorError) {
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw MegaraptorError(
                    .failedPrecondition,
                    "The secret \(name) is no text in UTF-8.",
                    hint: "Keep it anew as text, or use it as bytes."
                )
            }
            return text
        }
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "[secret \(name)]" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["name": name, "type": type]) }
}
