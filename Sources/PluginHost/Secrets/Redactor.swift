// SPDX-License-Identifier: Apache-2.0

public import JSONValue
public import MegaraptorErrors
internal import Synchronization

/// Takes the secrets that plugins were given out of everything that leaves a plugin.
///
/// A value is found as it is and in its usual encodings, in whole texts; each is replaced by `[secret NAME]`. While no
/// secret has been given to anybody it costs one comparison. May be used from any thread.
public final class Redactor: Sendable {
    private let isIdle = Atomic<Bool>(true)
    private let known = Mutex(SecretForms())

    public init() {}

    /// From here on the value is taken out. A value that a name had before stays known.
    func add(_ value: [UInt8], name: String) {
        known.withLock { $0.add(value, name: name) }
        isIdle.store(false, ordering: .releasing)
    }

    /// What to look for; `nil` while there is nothing.
    private var forms: SecretForms? {
        isIdle.load(ordering: .acquiring) ? nil : known.withLock { $0 }
    }

    public func redact(_ text: String) -> String {
        guard let forms else { return text }
        return forms.redact(text)
    }

    /// Texts and names of members at any depth; a number that spells a secret becomes a text.
    public func redact(_ value: JSONValue) -> JSONValue {
        guard let forms else { return value }
        return forms.redact(value)
    }

    public func redact(_ error: MegaraptorError) -> MegaraptorError {
        guard let forms else { return error }
        var error = error
        error.message = forms.redact(error.message)
        error.hint = forms.redact(error.hint)
        error.cause = error.cause.map(forms.redact)
        error.details = forms.redact(error.details)
        return error
    }

    /// A whole JSON document, or what ought to be one. Left as it is, byte for byte, where it holds no secret.
    func redact(json bytes: [UInt8]) -> [UInt8] {
        guard let forms else { return bytes }
        // Without a backslash every text stands in the document as it is.
        guard bytes.contains(UInt8(ascii: "\\")) || forms.holds(bytes) else { return bytes }
        do {
            let value = try JSONValue(json: bytes)
            let redacted = forms.redact(value)
            return redacted == value ? bytes : redacted.jsonBytes()
        } catch {
            return forms.redact(bytes) ?? bytes
        }
    }

    /// Whether a secret stands anywhere in a value.
    func finds(in value: JSONValue) -> Bool {
        guard let forms else { return false }
        return forms.redact(value) != value
    }
}
