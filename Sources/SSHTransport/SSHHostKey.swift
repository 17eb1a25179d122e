// SPDX-License-Identifier: Apache-2.0

/// The key that a server proved to hold.
public struct SSHHostKey: Sendable, Hashable {
    /// Such as `ssh-ed25519`.
    public let type: String
    /// `SHA256:` and the digest in Base64 without padding.
    public let fingerprint: String
}
