// SPDX-License-Identifier: Apache-2.0

import COpenSSL
public import MegaraptorErrors

extension Certificate {
    /// Whether the extended key usage lets its holder play this part in TLS. Without that extension everything is
    /// allowed.
    public func allows(_ purpose: CertificateRequest.Purpose) throws(MegaraptorError) -> Bool {
        try Self.withCertificate(der) { certificate throws(MegaraptorError) in
            let flag = UInt32(purpose == .server ? XKU_SSL_SERVER : XKU_SSL_CLIENT)
            return X509_get_extended_key_usage(certificate) & flag != 0
        }
    }
}
