// SPDX-License-Identifier: Apache-2.0

import COpenSSL
import MegaraptorErrors

/// Fills in OpenSSL's certificate and signs it.
struct CertificateBuilder {
    private let certificate: OpaquePointer

    static func selfSigned(
        _ subject: DistinguishedName,
        validity: Validity,
        key: PrivateKey
    ) throws(MegaraptorError) -> Certificate {
        try key.withKey { key throws(MegaraptorError) in
            try build { builder throws(MegaraptorError) in
                try builder.setCommon(subject, validity, publicKey: key)
                let name = X509_get_subject_name(builder.certificate)
                try builder.check(X509_set_issuer_name(builder.certificate, name))
                try builder.add(NID_basic_constraints, "critical,CA:TRUE", issuer: builder.certificate)
                let usage = "critical,keyCertSign,cRLSign,digitalSignature"
                try builder.add(NID_key_usage, usage, issuer: builder.certificate)
                try builder.add(NID_subject_key_identifier, "hash", issuer: builder.certificate)
                try builder.sign(with: key)
            }
        }
    }

    static func issue(
        _ request: CertificateRequest,
        for key: PrivateKey,
        by authority: CertificateAuthority
    ) throws(MegaraptorError) -> Certificate {
        try Certificate.withCertificate(authority.certificate.der) { issuer throws(MegaraptorError) in
            try key.withKey { key throws(MegaraptorError) in
                try authority.key.withKey { authorityKey throws(MegaraptorError) in
                    try build { builder throws(MegaraptorError) in
                        try builder.setCommon(request.subject, request.validity, publicKey: key)
                        try builder.check(X509_set_issuer_name(builder.certificate, X509_get_subject_name(issuer)))
                        try builder.addLeafExtensions(request, issuer: issuer)
                        try builder.sign(with: authorityKey)
                    }
                }
            }
        }
    }

    private static func build(
        _ fill: (CertificateBuilder) throws(MegaraptorError) -> Void
    ) throws(MegaraptorError) -> Certificate {
        let certificate = try OpenSSLFailure.require(X509_new())
        defer { X509_free(certificate) }
        try fill(CertificateBuilder(certificate: certificate))
        return try Certificate(certificate)
    }

    private func check(_ answer: Int32) throws(MegaraptorError) {
        try OpenSSLFailure.check(answer, "the certificate cannot be made")
    }

    private func setCommon(
        _ subject: DistinguishedName,
        _ validity: Validity,
        publicKey: OpaquePointer
    ) throws(MegaraptorError) {
        guard validity.notBefore <= validity.notAfter else {
            throw MegaraptorError(.invalidArgument, "the certificate would end before it begins")
        }
        // Version 3 is written as 2.
        try check(X509_set_version(certificate, 2))
        try setSerialNumber()
        let first = ASN1_TIME_set(X509_getm_notBefore(certificate), time_t(validity.notBefore))
        let last = ASN1_TIME_set(X509_getm_notAfter(certificate), time_t(validity.notAfter))
        guard first != nil, last != nil else {
            throw OpenSSLFailure.error(.invalidArgument, "the dates are beyond what a certificate can hold")
        }
        try check(X509_set_pubkey(certificate, publicKey))
        if let organization = subject.organization { try addName(NID_organizationName, organization) }
        try addName(NID_commonName, subject.commonName)
    }

    /// A random positive number of 127 bits: nobody can guess it, and none comes twice.
    private func setSerialNumber() throws(MegaraptorError) {
        var bytes = [UInt8](repeating: 0, count: 16)
        try OpenSSLFailure.check(RAND_bytes(&bytes, Int32(bytes.count)), "there is no randomness for a serial number")
        bytes[0] = bytes[0] & 0x7F | 0x40
        let number = try OpenSSLFailure.require(BN_bin2bn(bytes, Int32(bytes.count), nil))
        defer { BN_free(number) }
        _ = try OpenSSLFailure.require(BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)))
    }

    private func addName(_ field: Int32, _ text: String) throws(MegaraptorError) {
        guard (1...64).contains(text.unicodeScalars.count), !text.utf8.contains(0) else {
            throw MegaraptorError(.invalidArgument, "a name in a certificate must have 1 to 64 characters: \"\(text)\"")
        }
        let name = X509_get_subject_name(certificate)
        let bytes = Array(text.utf8)
        try check(X509_NAME_add_entry_by_NID(name, field, MBSTRING_UTF8, bytes, Int32(bytes.count), -1, 0))
    }

    private func sign(with key: OpaquePointer) throws(MegaraptorError) {
        // Ed25519 brings its own digest.
        let digest = EVP_PKEY_get_base_id(key) == EVP_PKEY_ED25519 ? nil : EVP_sha256()
        try check(X509_sign(certificate, key, digest))
    }
}

// MARK: - Extensions

extension CertificateBuilder {
    /// Adds an extension in OpenSSL's configuration language. Only for texts of our own: what others wrote could add to
    /// it.
    private func add(_ kind: Int32, _ text: String, issuer: OpaquePointer) throws(MegaraptorError) {
        var context = X509V3_CTX()
        X509V3_set_ctx(&context, issuer, certificate, nil, nil, 0)
        guard let new = X509V3_EXT_conf_nid(nil, &context, kind, text) else {
            throw OpenSSLFailure.error(.internal, "the certificate extension \"\(text)\" cannot be made")
        }
        defer { X509_EXTENSION_free(new) }
        try check(X509_add_ext(certificate, new, -1))
    }

    private func addLeafExtensions(_ request: CertificateRequest, issuer: OpaquePointer) throws(MegaraptorError) {
        try add(NID_basic_constraints, "critical,CA:FALSE", issuer: issuer)
        // Without digitalSignature the TLS library of gRPC refuses the certificate.
        try add(NID_key_usage, "critical,digitalSignature,keyEncipherment", issuer: issuer)
        let purposes = CertificateRequest.Purpose.allCases.filter(request.purposes.contains)
        if !purposes.isEmpty {
            let names = purposes.map { $0 == .server ? "serverAuth" : "clientAuth" }
            try add(NID_ext_key_usage, names.joined(separator: ","), issuer: issuer)
        }
        try add(NID_subject_key_identifier, "hash", issuer: issuer)
        if X509_get0_subject_key_id(issuer) != nil {
            try add(NID_authority_key_identifier, "keyid:always", issuer: issuer)
        }
        try addAlternativeNames(request)
    }

    private func addAlternativeNames(_ request: CertificateRequest) throws(MegaraptorError) {
        guard !request.dnsNames.isEmpty || !request.ipAddresses.isEmpty else { return }
        let names = try OpenSSLFailure.require(GENERAL_NAMES_new())
        defer { GENERAL_NAMES_free(names) }
        for name in request.dnsNames { try push(try Self.dnsName(name), kind: GEN_DNS, to: names) }
        for address in request.ipAddresses {
            guard let bytes = a2i_IPADDRESS(address) else {
                throw OpenSSLFailure.error(.invalidArgument, "\"\(address)\" is not an internet address")
            }
            try push(bytes, kind: GEN_IPADD, to: names)
        }
        try check(X509_add1_ext_i2d(certificate, NID_subject_alt_name, UnsafeMutableRawPointer(names), 0, 0))
    }

    private static func dnsName(_ name: String) throws(MegaraptorError) -> UnsafeMutablePointer<ASN1_STRING> {
        guard !name.isEmpty, name.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw MegaraptorError(.invalidArgument, "\"\(name)\" cannot be a DNS name in a certificate")
        }
        let text = try OpenSSLFailure.require(ASN1_STRING_type_new(V_ASN1_IA5STRING))
        guard ASN1_STRING_set(text, name, Int32(name.utf8.count)) == 1 else {
            ASN1_STRING_free(text)
            throw OpenSSLFailure.error(.resourceExhausted, "OpenSSL could not copy a name")
        }
        return text
    }

    /// Adds a name whose value goes over to OpenSSL.
    private func push(
        _ value: UnsafeMutablePointer<ASN1_STRING>,
        kind: Int32,
        to names: OpaquePointer
    ) throws(MegaraptorError) {
        guard let name = GENERAL_NAME_new() else {
            ASN1_STRING_free(value)
            throw OpenSSLFailure.error(.resourceExhausted, "OpenSSL could not make an object")
        }
        GENERAL_NAME_set0_value(name, kind, value)
        guard mr_general_names_push(names, name) > 0 else {
            GENERAL_NAME_free(name)
            throw OpenSSLFailure.error(.resourceExhausted, "OpenSSL could not add a name")
        }
    }
}
