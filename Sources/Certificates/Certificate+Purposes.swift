// SPDX-License-Identifier: Apache-2.0

extension Certificate {
    /// Whether its holder may play this part in TLS. A certificate that names no purposes may play both.
    public func allows(_ purpose: CertificateRequest.Purpose) -> Bool {
        purposes?.contains(purpose) ?? true
    }
}
