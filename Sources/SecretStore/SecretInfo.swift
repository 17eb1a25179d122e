// SPDX-License-Identifier: Apache-2.0

/// What a secret is for. It changes nothing about how the secret is kept.
public enum SecretType: String, Sendable, Hashable, CaseIterable {
    case password
    case token
    case sshKey = "ssh_key"
    case text
}

/// What may be told of a secret.
public struct SecretInfo: Sendable, Hashable {
    public let name: String
    public let type: SecretType
    /// When it was kept first and when last, in microseconds since 1970.
    public let created: Int64
    public let changed: Int64
}

/// A secret itself.
public struct SecretValue: Sendable, Hashable {
    public let type: SecretType
    public let bytes: [UInt8]
}
