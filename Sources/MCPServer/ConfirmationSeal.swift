// SPDX-License-Identifier: Apache-2.0

import Cryptography
import JSONValue
import MegaraptorErrors
import Synchronization

/// Seals what leaves the server and has to come back unchanged: consents, and the state of a request that asks back.
///
/// A token holds its expiry, a random part and a payload, under an HMAC-SHA256 that also covers what it is for: the
/// tool and its arguments. The key lives as long as the process. Each token opens once.
final class ConfirmationSeal: Sendable {
    enum Fault: Error {
        /// Not from this process, changed, or for another request.
        case forged
        case expired
        case used
    }

    private struct State {
        var key: [UInt8]?
        /// The random parts of opened tokens, with the second at which they may be forgotten.
        var used: [[UInt8]: UInt32] = [:]
    }

    private static let codeSize = 16
    private static let nonceSize = 8

    private let state = Mutex(State())
    private let lifetime: Duration
    private let start = ContinuousClock.now

    init(lifetime: Duration) {
        self.lifetime = lifetime
    }

    /// - Parameters:
    ///   - payload: travels with the token, readable but not changeable.
    ///   - binding: what the token is for; has to be the same when it is opened.
    func seal(_ payload: [UInt8], for binding: [UInt8]) throws(MegaraptorError) -> String {
        let expiry = now + UInt32(clamping: lifetime.components.seconds)
        let nonce = Cryptography.randomBytes(Self.nonceSize)
        let body = Self.bytes(of: expiry) + nonce + payload
        return Hexadecimal.encode(try code(of: body, binding) + body)
    }

    /// Opens a token for good and returns its payload.
    func open(_ token: String, for binding: [UInt8]) throws -> [UInt8] {
        guard let bytes = Hexadecimal.decode(token.utf8), bytes.count >= Self.codeSize + 4 + Self.nonceSize else {
            throw Fault.forged
        }
        let body = Array(bytes[Self.codeSize...])
        guard Cryptography.areEqual(try code(of: body, binding), bytes[..<Self.codeSize]) else { throw Fault.forged }
        let expiry = body[..<4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        let now = now
        guard expiry > now else { throw Fault.expired }
        let nonce = Array(body[4..<(4 + Self.nonceSize)])
        try state.withLock { state in
            state.used = state.used.filter { $0.value > now }
            guard state.used.updateValue(expiry, forKey: nonce) == nil else { throw Fault.used }
        }
        return Array(body[(4 + Self.nonceSize)...])
    }

    /// Seconds since the start; the clock of the wall may jump.
    private var now: UInt32 { UInt32(clamping: (ContinuousClock.now - start).components.seconds) }

    private func code(of body: [UInt8], _ binding: [UInt8]) throws(MegaraptorError) -> [UInt8] {
        let key = key()
        let message = Self.bytes(of: UInt32(clamping: body.count)) + body + binding
        return Array(try Cryptography.hmacSHA256(message, key: key)[..<Self.codeSize])
    }

    private func key() -> [UInt8] {
        let fresh = Cryptography.randomBytes(32)
        return state.withLock { state in
            if let key = state.key { return key }
            state.key = fresh
            return fresh
        }
    }

    private static func bytes(of number: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    }
}
