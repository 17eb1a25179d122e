// SPDX-License-Identifier: Apache-2.0

/// Whom a client trusts in TLS, and as whom it shows itself.
public struct HTTPTrust: Sendable {
    /// Which servers are believed. The name in the certificate is always checked with it.
    public enum Authorities: Sendable {
        /// Those of the system.
        case system
        /// These certificates in PEM and no others.
        case pem([UInt8])
        /// Nobody is checked: whoever answers can read and change everything. Only for looking at a certificate that is
        /// judged otherwise.
        case nobodyIsChecked
    }

    public var authorities: Authorities
    /// The client's certificate, with those between it and its authority, in PEM.
    public var certificate: [UInt8]?
    /// The key that goes with it, in PEM without passphrase. Secret.
    public var key: [UInt8]?

    public init(_ authorities: Authorities = .system, certificate: [UInt8]? = nil, key: [UInt8]? = nil) {
        self.authorities = authorities
        self.certificate = certificate
        self.key = key
    }
}

extension HTTPTrust: CustomReflectable {
    /// Without the key.
    public var customMirror: Mirror { Mirror(self, children: ["authorities": authorities]) }
}
