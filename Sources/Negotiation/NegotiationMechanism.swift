// SPDX-License-Identifier: Apache-2.0

/// How the two sides of a login by `Negotiate` convince each other.
public enum NegotiationMechanism: String, Sendable, Codable, CaseIterable {
    /// With a password.
    case ntlm
    /// With a ticket: the one that this process's user has, or one got by a password.
    case kerberos
}
