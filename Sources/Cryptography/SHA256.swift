// SPDX-License-Identifier: Apache-2.0

internal import CLibCrypto
public import MegaraptorErrors

/// A SHA-256 that grows with what it is given.
public struct SHA256: ~Copyable {
    private let context: UnsafeMutableRawPointer?
    private var isWhole = true

    public init() throws(MegaraptorError) {
        try Cryptography.require()
        context = mr_sha256_start()
    }

    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        let bytes = bytes.assumingMemoryBound(to: UInt8.self)
        isWhole = mr_sha256_update(context, bytes.baseAddress, bytes.count) && isWhole
    }

    /// The digest of all that was given: 32 bytes.
    public consuming func finish() throws(MegaraptorError) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        let isDone = mr_sha256_finish(context, &digest)
        let isWhole = isWhole
        discard self
        guard isDone, isWhole else { throw Cryptography.failure("compute a SHA-256") }
        return digest
    }

    deinit {
        var digest = [UInt8](repeating: 0, count: 32)
        _ = mr_sha256_finish(context, &digest)
    }

    public static func digest(_ bytes: [UInt8]) throws(MegaraptorError) -> [UInt8] {
        var hash = try SHA256()
        bytes.withUnsafeBytes { hash.update($0) }
        return try hash.finish()
    }
}
