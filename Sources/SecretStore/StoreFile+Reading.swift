// SPDX-License-Identifier: Apache-2.0

internal import Cryptography
internal import MegaraptorErrors

extension StoreFile {
    /// Takes bytes apart that are whole as far as that shows without a key.
    init(_ bytes: [UInt8], of store: SecretStore) throws(MegaraptorError) {
        try Self.checkPreface(bytes, store)
        let covered = Array(bytes.dropLast(Self.codeSize))
        guard try SHA256.digest(covered)[...] == bytes.suffix(Self.codeSize) else {
            throw store.unusable(.damaged, "is damaged: its check sum does not fit")
        }
        authenticated = covered.dropLast(Self.codeSize)
        code = covered.suffix(Self.codeSize)
        var reader = ByteReader(rest: authenticated.dropFirst(Self.prefaceSize), store: store)
        iterations = try reader.number()
        guard iterations == 0 || Self.allowedIterations.contains(iterations) else {
            throw store.unusable(.damaged, "wants \(iterations) iterations, which is not in \(Self.allowedIterations)")
        }
        salt = try reader.take(Self.saltSize)
        check = try reader.take(Self.checkSize)
        serial = try reader.number()
        entries = []
        let count: UInt32 = try reader.number()
        for _ in 0..<count { entries.append(try reader.entry()) }
        guard reader.rest.isEmpty else { throw store.unusable(.damaged, "is damaged: it goes on after its end") }
    }

    /// The preface is the same in every version, so that a later store is told from a damaged one.
    private static func checkPreface(_ bytes: [UInt8], _ store: SecretStore) throws(MegaraptorError) {
        guard bytes.starts(with: magic.prefix(bytes.count)) else {
            throw store.unusable(.damaged, "is damaged: it does not begin as one")
        }
        let incomplete = store.unusable(.halfWritten, "is only half there: its end is missing")
        guard bytes.count >= prefaceSize else { throw incomplete }
        guard bytes[20..<prefaceSize] == (try prefaceCheck(Array(bytes.prefix(20))))[...] else {
            throw store.unusable(.damaged, "is damaged: its preface was changed")
        }
        var reader = ByteReader(rest: bytes[magic.count...], store: store)
        let version: UInt32 = try reader.number()
        guard version == Self.version else {
            throw MegaraptorError(
                .unsupported,
                "The secret store has version \(version); this program knows version \(Self.version).",
                hint: "Use the newer megaraptor-mcp that wrote it."
            )
        }
        let length: UInt64 = try reader.number()
        guard bytes.count >= length else { throw incomplete }
        guard bytes.count == length, bytes.count >= prefaceSize + 2 * codeSize else {
            throw store.unusable(.damaged, "is damaged: its length does not fit")
        }
    }
}

private struct ByteReader {
    private(set) var rest: ArraySlice<UInt8>
    let store: SecretStore

    mutating func take(_ count: Int) throws(MegaraptorError) -> [UInt8] {
        guard rest.count >= count else { throw store.unusable(.damaged, "is damaged: a part reaches beyond its end") }
        defer { rest = rest.dropFirst(count) }
        return Array(rest.prefix(count))
    }

    mutating func number<Number: FixedWidthInteger>() throws(MegaraptorError) -> Number {
        try take(Number.bitWidth / 8).reduce(0) { $0 << 8 | Number(truncatingIfNeeded: $1) }
    }

    mutating func shortText() throws(MegaraptorError) -> String {
        let count: UInt8 = try number()
        return String(decoding: try take(Int(count)), as: UTF8.self)
    }

    mutating func entry() throws(MegaraptorError) -> StoreFile.Entry {
        let name = try shortText()
        guard let type = SecretType(rawValue: try shortText()) else {
            throw store.unusable(.damaged, "is damaged: \(name) has a type that there is not")
        }
        let info = SecretInfo(name: name, type: type, created: try number(), changed: try number())
        let nonce = try take(AESGCM.nonceSize)
        let count: UInt32 = try number()
        return StoreFile.Entry(info: info, nonce: nonce, sealed: try take(Int(count)))
    }
}
