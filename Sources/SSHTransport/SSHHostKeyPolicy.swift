// SPDX-License-Identifier: Apache-2.0

/// What makes a server's key acceptable.
///
/// A key that a file of known hosts contradicts is always refused, a fingerprint notwithstanding.
public struct SSHHostKeyPolicy: Sendable, Hashable {
    /// The only file of known hosts to look into; `nil` for the user's and the system's.
    public var knownHostsFile: String?
    /// `SHA256:` and the digest in Base64 without padding, as `ssh-keygen -l` prints it. Compared exactly; then a key
    /// that no file knows is accepted.
    public var fingerprint: String?

    public init(knownHostsFile: String? = nil, fingerprint: String? = nil) {
        self.knownHostsFile = knownHostsFile
        self.fingerprint = fingerprint
    }
}
