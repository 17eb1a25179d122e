// SPDX-License-Identifier: Apache-2.0

internal import JSONValue

/// The forms in which secrets may turn up in texts, and the search for them.
struct SecretForms: Sendable {
    private struct Form {
        let bytes: [UInt8]
        let mark: [UInt8]
    }

    private struct Given: Hashable {
        let name: String
        let value: [UInt8]
    }

    private var given: Set<Given> = []
    /// By their first four bytes, longest first.
    private var forms: [UInt32: [Form]] = [:]
    /// Whether a form may begin with four bytes of this hash, so that most places of a text are passed at once.
    private var mayBegin = [Bool](repeating: false, count: 1 << 12)

    mutating func add(_ value: [UInt8], name: String) {
        guard given.insert(Given(name: name, value: value)).inserted else { return }
        let mark = Array("[secret \(name)]".utf8)
        for bytes in SecretEncodings.all(of: value) where bytes.count >= 4 {
            let head = bytes.withUnsafeBytes { $0.loadUnaligned(as: UInt32.self) }
            var alike = forms[head] ?? []
            guard !alike.contains(where: { $0.bytes == bytes }) else { continue }
            alike.insert(
                Form(bytes: bytes, mark: mark),
                at: alike.firstIndex { $0.bytes.count < bytes.count } ?? alike.count
            )
            forms[head] = alike
            mayBegin[Self.hash(head)] = true
        }
    }

    private static func hash(_ head: UInt32) -> Int { Int((head &* 0x9E37_79B1) >> 20) }

    // MARK: - Search

    private struct Find {
        var range: Range<Int>
        let mark: [UInt8]
    }

    /// Finds that overlap count as one, so that no rest of any of them stays.
    private func search(_ text: UnsafeRawBufferPointer, stopsAtFirst: Bool = false) -> [Find] {
        var finds: [Find] = []
        guard text.count >= 4 else { return finds }
        for place in 0...text.count - 4 {
            let head = text.loadUnaligned(fromByteOffset: place, as: UInt32.self)
            guard mayBegin[Self.hash(head)],
                let form = forms[head]?.first(where: { Self.stands($0.bytes, in: text, at: place) })
            else { continue }
            let end = place + form.bytes.count
            if let last = finds.last, place < last.range.upperBound {
                finds[finds.count - 1].range = last.range.lowerBound..<max(end, last.range.upperBound)
            } else {
                finds.append(Find(range: place..<end, mark: form.mark))
            }
            if stopsAtFirst { break }
        }
        return finds
    }

    private static func stands(_ form: [UInt8], in text: UnsafeRawBufferPointer, at place: Int) -> Bool {
        guard text.count - place >= form.count else { return false }
        return text[place..<place + form.count].elementsEqual(form)
    }

    func holds(_ text: [UInt8]) -> Bool {
        text.withUnsafeBytes { !search($0, stopsAtFirst: true).isEmpty }
    }

    // MARK: - Replacement

    /// `nil` where there is nothing to take out.
    private func redact(_ text: UnsafeRawBufferPointer) -> [UInt8]? {
        let finds = search(text)
        guard !finds.isEmpty else { return nil }
        var redacted: [UInt8] = []
        var copied = 0
        for find in finds {
            redacted += text[copied..<find.range.lowerBound]
            redacted += find.mark
            copied = find.range.upperBound
        }
        return redacted + text[copied...]
    }

    func redact(_ text: [UInt8]) -> [UInt8]? { text.withUnsafeBytes(redact) }

    func redact(_ text: String) -> String {
        var copy = text
        return copy.withUTF8 { redact(UnsafeRawBufferPointer($0)) }.map { String(decoding: $0, as: UTF8.self) } ?? text
    }

    func redact(_ object: JSONObject) -> JSONObject {
        JSONObject(object.map { (redact($0.key), redact($0.value)) })
    }

    func redact(_ value: JSONValue) -> JSONValue {
        switch value {
        case .string(let text): return .string(redact(text))
        case .array(let elements): return .array(elements.map { redact($0) })
        case .object(let object): return .object(redact(object))
        case .integer, .number:
            return redact(value.jsonBytes()).map { .string(String(decoding: $0, as: UTF8.self)) } ?? value
        case .null, .bool: return value
        }
    }
}
