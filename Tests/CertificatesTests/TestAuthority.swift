// SPDX-License-Identifier: Apache-2.0

import Certificates

/// One authority and one key for all tests: making RSA keys is slow.
enum TestAuthority {
    static let shared = Result {
        try CertificateAuthority.selfSigned(DistinguishedName(commonName: "Test CA", organization: "Velociraptor"))
    }

    static let key = Result { try PrivateKey.generateRSA() }

    static func issue(_ request: CertificateRequest) throws -> Certificate {
        try shared.get().issue(request, for: key.get())
    }
}
