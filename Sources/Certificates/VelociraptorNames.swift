// SPDX-License-Identifier: Apache-2.0

extension CertificateRequest {
    /// The name that every Velociraptor server bears, and that its clients check instead of its host name.
    public static let velociraptorServerName = "VelociraptorServer"

    /// The certificate of a Velociraptor server, as it makes them itself.
    public static func velociraptorServer(
        name: String = velociraptorServerName,
        validity: Validity = .days(365)
    ) -> CertificateRequest {
        CertificateRequest(
            subject: DistinguishedName(commonName: name, organization: "Velociraptor"),
            dnsNames: [name],
            validity: validity
        )
    }

    /// The certificate of an API client. The server takes the common name for the user's name.
    public static func velociraptorUser(_ name: String, validity: Validity = .days(365)) -> CertificateRequest {
        CertificateRequest(
            subject: DistinguishedName(commonName: name, organization: "Velociraptor"),
            // The alternative name is not looked at, and cannot hold every user's name.
            dnsNames: name.utf8.allSatisfy { (0x21...0x7E).contains($0) } ? [name] : [],
            validity: validity
        )
    }
}
