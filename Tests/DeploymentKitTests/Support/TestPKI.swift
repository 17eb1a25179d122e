// SPDX-License-Identifier: Apache-2.0

import Certificates
import DeploymentKit

/// One deployment's certificates for all tests: making RSA keys is slow.
enum TestPKI {
    private static let made = Task {
        try await DeploymentPKI.make(
            hostnames: [HostName("velo.example.org"), HostName("192.0.2.7"), HostName("2001:db8::7")],
            apiClients: [UserName("mcp")]
        )
    }

    static var signed: SignedPKI {
        get async throws { try await made.value }
    }

    static var pki: DeploymentPKI {
        get async throws { try await signed.pki }
    }

    /// Any moment at which ``pki`` is valid.
    static var now: Int64 {
        get async throws { try await pki.frontend.certificate.validity.notBefore + 600 }
    }
}
