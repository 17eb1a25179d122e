// SPDX-License-Identifier: Apache-2.0

import COpenSSL
public import MegaraptorErrors

extension Certificate {
    /// What both ends of a TLS connection to the certificate's holder know it by: the channel binding `tls-server-end-point`
    /// of RFC 5929, section 4.1.
    ///
    /// It is the certificate's sum by the hash that it was signed with, and by SHA-256 in place of MD5 and SHA-1. Where it
    /// was signed without one, as with Ed25519, the RFC leaves it open; SHA-256 is what others take.
    public func serverEndPoint() throws(MegaraptorError) -> [UInt8] {
        try Self.withCertificate(der) { certificate throws(MegaraptorError) in
            var hash = NID_undef
            _ = X509_get_signature_info(certificate, &hash, nil, nil, nil)
            ERR_clear_error()
            if [NID_undef, NID_md5, NID_sha1].contains(hash) { hash = NID_sha256 }
            var (sum, count) = ([UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE)), UInt32(0))
            try OpenSSLFailure.check(
                X509_digest(certificate, EVP_get_digestbyname(OBJ_nid2sn(hash)), &sum, &count),
                "the sum of the certificate cannot be made"
            )
            return Array(sum.prefix(Int(count)))
        }
    }
}
