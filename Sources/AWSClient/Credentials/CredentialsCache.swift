// SPDX-License-Identifier: Apache-2.0

import MegaraptorErrors

/// Keeps credentials until shortly before they end.
actor CredentialsCache {
    /// Seconds before their end from which on new ones are looked for.
    static let margin: Int64 = 300

    private let find: @Sendable () async throws(MegaraptorError) -> AWSCredentials
    private let now: @Sendable () -> Int64
    private var kept: AWSCredentials?

    init(_ chain: CredentialsChain) {
        find = { () async throws(MegaraptorError) in try await chain.find() }
        now = chain.clock.now
    }

    /// Of credentials that are there already.
    init(_ credentials: AWSCredentials) {
        find = { credentials }
        now = { 0 }
    }

    func get() async throws(MegaraptorError) -> AWSCredentials {
        if let kept, (kept.expiration ?? .max) - Self.margin > now() { return kept }
        do {
            let found = try await find()
            kept = found
            return found
        } catch {
            // They are good for some minutes yet, and the source may come back.
            if error.code != .cancelled, let kept, (kept.expiration ?? .max) > now() { return kept }
            throw error
        }
    }

    /// After a service has said that they have ended.
    func forget(_ credentials: AWSCredentials) {
        if kept?.accessKeyID == credentials.accessKeyID { kept = nil }
    }
}
