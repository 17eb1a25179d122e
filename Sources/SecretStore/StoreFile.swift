// SPDX-License-Identifier: Apache-2.0

internal import Cryptography
internal import MegaraptorErrors

/// What a store's file holds. Numbers are big-endian:
///
///     8  "MRSECRET"                       names the kind of file
///     4  version, 1
///     8  length of the whole file         a shorter file is half written
///     8  start of the SHA-256 of the above
///     4  iterations of PBKDF2-HMAC-SHA256; 0 where the key is a file
///     16 salt
///     16 check of the key
///     8  serial: one more with each change
///     4  count of entries, then for each
///        1+n name, 1+n type, 8 created, 8 changed, 12 nonce, 4+n sealed bytes and their tag
///     32 HMAC-SHA256 of all the above
///     32 SHA-256 of all the above         tells damage from a wrong key without any key
struct StoreFile {
    static let magic = Array("MRSECRET".utf8)
    static let version: UInt32 = 1
    static let prefaceSize = 28
    static let saltSize = 16
    static let checkSize = 16
    /// Of each of the two codes at the end.
    static let codeSize = 32
    /// What a file may have at most, and a store may grow to.
    static let greatestSize = 1 << 26
    /// Fewer would make guessing cheap, more would keep whoever reads the file busy for ever. The first is taken.
    static let allowedIterations: ClosedRange<UInt32> = 600_000...10_000_000

    /// 0 where the key is a file.
    let iterations: UInt32
    let salt: [UInt8]
    var serial: UInt64 = 0
    var entries: [Entry] = []
    /// As they were read: what ``StoreKeys/check`` must be, what the authentication code covers, and the code.
    var check: [UInt8] = []
    var authenticated: ArraySlice<UInt8> = []
    var code: ArraySlice<UInt8> = []

    /// An empty store for a new key.
    init(iterations: UInt32) {
        self.iterations = iterations
        salt = Cryptography.randomBytes(Self.saltSize)
    }

    func belongs(to keys: StoreKeys) -> Bool { Cryptography.areEqual(check, keys.check) }

    /// Whether everything is as the holder of the key wrote it.
    func isAuthentic(_ keys: StoreKeys) throws(MegaraptorError) -> Bool {
        Cryptography.areEqual(code, try Cryptography.hmacSHA256(Array(authenticated), key: keys.authentication))
    }

    func bytes(_ keys: StoreKeys) throws(MegaraptorError) -> [UInt8] {
        var body = ByteWriter()
        body.append(iterations)
        body.bytes += salt + keys.check
        body.append(serial)
        body.append(UInt32(entries.count))
        for entry in entries { entry.write(to: &body) }
        var file = ByteWriter(bytes: Self.magic)
        file.append(Self.version)
        file.append(UInt64(Self.prefaceSize + body.bytes.count + 2 * Self.codeSize))
        file.bytes += try Self.prefaceCheck(file.bytes) + body.bytes
        file.bytes += try Cryptography.hmacSHA256(file.bytes, key: keys.authentication)
        return file.bytes + (try SHA256.digest(file.bytes))
    }

    static func prefaceCheck(_ bytes: [UInt8]) throws(MegaraptorError) -> [UInt8] {
        Array(try SHA256.digest(bytes).prefix(8))
    }
}

// MARK: - Entries

extension StoreFile {
    struct Entry {
        let info: SecretInfo
        let nonce: [UInt8]
        let sealed: [UInt8]

        static func seal(_ value: [UInt8], as info: SecretInfo, _ keys: StoreKeys) throws(MegaraptorError) -> Entry {
            let nonce = Cryptography.randomBytes(AESGCM.nonceSize)
            let associated = associated(info)
            let sealed = try AESGCM.seal(value, key: keys.encryption, nonce: nonce, associated: associated)
            return Entry(info: info, nonce: nonce, sealed: sealed)
        }

        /// `nil` where the bytes are not those that were sealed under this name and type.
        func open(_ keys: StoreKeys) throws(MegaraptorError) -> [UInt8]? {
            try AESGCM.open(sealed, key: keys.encryption, nonce: nonce, associated: Self.associated(info))
        }

        private static func associated(_ info: SecretInfo) -> [UInt8] {
            var writer = ByteWriter(bytes: Array("megaraptor secret 1".utf8))
            writer.append(short: info.name)
            writer.append(short: info.type.rawValue)
            return writer.bytes
        }

        fileprivate func write(to body: inout ByteWriter) {
            body.append(short: info.name)
            body.append(short: info.type.rawValue)
            body.append(info.created)
            body.append(info.changed)
            body.bytes += nonce
            body.append(UInt32(sealed.count))
            body.bytes += sealed
        }
    }
}

private struct ByteWriter {
    var bytes: [UInt8] = []

    mutating func append(_ number: some FixedWidthInteger) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }

    /// A text of fewer than 256 bytes, its length before it.
    mutating func append(short text: String) {
        bytes.append(UInt8(truncatingIfNeeded: text.utf8.count))
        bytes += text.utf8
    }
}
