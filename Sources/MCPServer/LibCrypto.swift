// SPDX-License-Identifier: Apache-2.0

import Glibc
import MegaraptorErrors

/// The one function of OpenSSL's libcrypto that the server needs.
///
/// The library is opened at its first use: linking it would cost every start about 3 ms, and most processes never ask
/// for a confirmation.
struct LibCrypto: Sendable {
    private typealias SHA256 = @convention(c) () -> OpaquePointer?
    private typealias HMAC =
        @convention(c) (
            OpaquePointer?, UnsafeRawPointer?, Int32, UnsafeRawPointer?, Int, UnsafeMutableRawPointer?,
            UnsafeMutablePointer<UInt32>?
        ) -> UnsafeMutableRawPointer?

    private static let library = "libcrypto.so.3"
    private static let shared = open()

    private let sha256: SHA256
    private let hmac: HMAC

    /// The library, opened once per process.
    static func loaded() throws(MegaraptorError) -> LibCrypto {
        guard let shared else {
            throw MegaraptorError(
                .failedPrecondition,
                "\(library) cannot be loaded, so no confirmation can be protected. Nothing has been done.",
                hint: "Install OpenSSL 3 (package libssl3) or let the operator set the confirmation policy to never."
            )
        }
        return shared
    }

    private static func open() -> LibCrypto? {
        guard let handle = dlopen(library, RTLD_NOW | RTLD_LOCAL), let sha256 = dlsym(handle, "EVP_sha256"),
            let hmac = dlsym(handle, "HMAC")
        else { return nil }
        return LibCrypto(
            sha256: unsafeBitCast(sha256, to: SHA256.self),
            hmac: unsafeBitCast(hmac, to: HMAC.self)
        )
    }

    func hmacSHA256(_ message: [UInt8], key: [UInt8]) throws(MegaraptorError) -> [UInt8] {
        var code = [UInt8](repeating: 0, count: 32)
        var length: UInt32 = 0
        guard hmac(sha256(), key, Int32(key.count), message, message.count, &code, &length) != nil, length == 32 else {
            throw MegaraptorError(.internal, "OpenSSL could not compute a message authentication code.")
        }
        return code
    }
}
