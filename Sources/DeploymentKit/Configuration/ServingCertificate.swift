// SPDX-License-Identifier: Apache-2.0

/// What the server shows to agents and browsers.
public enum ServingCertificate: Sendable, Hashable {
    /// The frontend's, signed by the deployment's own authority. Browsers warn; agents accept nothing else.
    case ownAuthority
    /// One of the operator's. Absolute paths where the server runs; both files must be readable by its user.
    case files(certificate: String, key: String)
    /// One that the server gets and renews from Let's Encrypt, which it keeps in `cache`, an absolute path where it runs and
    /// may write. Agents and the GUI share port 443, and port 80 must be reachable from the internet too.
    case acme(cache: String)
}
