// SPDX-License-Identifier: Apache-2.0

import Certificates

/// An authority that no server of these tests has to do with.
enum OtherAuthority {
    static func pem() throws -> String {
        try CertificateAuthority.selfSigned(DistinguishedName(commonName: "Other CA")).certificate.pem()
    }
}
