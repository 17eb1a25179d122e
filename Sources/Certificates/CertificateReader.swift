// SPDX-License-Identifier: Apache-2.0

import COpenSSL
import MegaraptorErrors

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Takes facts out of OpenSSL's certificate.
struct CertificateReader {
    let certificate: OpaquePointer

    func text(of name: OpaquePointer?) throws(MegaraptorError) -> String {
        try OpenSSLMemory.writing { stream throws(MegaraptorError) in
            guard X509_NAME_print_ex(stream, name, 0, mr_name_flags) >= 0 else {
                throw OpenSSLFailure.error(.invalidArgument, "a name in the certificate cannot be read")
            }
        }
    }

    var commonName: String? {
        let name = X509_get_subject_name(certificate)
        let place = X509_NAME_get_index_by_NID(name, NID_commonName, -1)
        guard place >= 0, let entry = X509_NAME_get_entry(name, place) else { return nil }
        var start: UnsafeMutablePointer<UInt8>?
        let length = ASN1_STRING_to_UTF8(&start, X509_NAME_ENTRY_get_data(entry))
        guard length >= 0, let start else { return nil }
        defer { CRYPTO_free(start, #fileID, #line) }
        return String(decoding: UnsafeBufferPointer(start: start, count: Int(length)), as: UTF8.self)
    }

    /// OpenSSL sets every bit where the certificate has no extended key usage.
    var purposes: Set<CertificateRequest.Purpose>? {
        let usage = X509_get_extended_key_usage(certificate)
        guard usage != .max else { return nil }
        var purposes: Set<CertificateRequest.Purpose> = []
        if usage & UInt32(XKU_SSL_SERVER) != 0 { purposes.insert(.server) }
        if usage & UInt32(XKU_SSL_CLIENT) != 0 { purposes.insert(.client) }
        return purposes
    }

    func serialNumber() throws(MegaraptorError) -> String {
        let number = try OpenSSLFailure.require(ASN1_INTEGER_to_BN(X509_get_serialNumber(certificate), nil))
        defer { BN_free(number) }
        let digits = try OpenSSLFailure.require(BN_bn2hex(number))
        defer { CRYPTO_free(digits, #fileID, #line) }
        return String(cString: digits)
    }

    func validity() throws(MegaraptorError) -> Validity {
        Validity(
            notBefore: try unixSeconds(X509_get0_notBefore(certificate)),
            notAfter: try unixSeconds(X509_get0_notAfter(certificate))
        )
    }

    private func unixSeconds(_ time: UnsafePointer<ASN1_TIME>?) throws(MegaraptorError) -> Int64 {
        var parts = tm()
        guard ASN1_TIME_to_tm(time, &parts) == 1 else {
            throw OpenSSLFailure.error(.invalidArgument, "a date in the certificate cannot be read")
        }
        return Int64(timegm(&parts))
    }

    func alternativeNames() -> (dns: [String], addresses: [String]) {
        guard let pointer = X509_get_ext_d2i(certificate, NID_subject_alt_name, nil, nil) else { return ([], []) }
        let names = OpaquePointer(pointer)
        defer { GENERAL_NAMES_free(names) }
        var dns: [String] = []
        var addresses: [String] = []
        for index in 0..<mr_general_names_count(names) {
            var kind: Int32 = 0
            guard let name = mr_general_names_at(names, index), let value = GENERAL_NAME_get0_value(name, &kind) else {
                continue
            }
            let text = value.assumingMemoryBound(to: ASN1_STRING.self)
            let bytes = UnsafeBufferPointer(start: ASN1_STRING_get0_data(text), count: Int(ASN1_STRING_length(text)))
            switch kind {
            case GEN_DNS: dns.append(String(decoding: bytes, as: UTF8.self))
            case GEN_IPADD: addresses.append(Self.address(Array(bytes)))
            default: break
            }
        }
        return (dns, addresses)
    }

    /// Four bytes as decimal numbers, sixteen as groups of hexadecimal digits.
    private static func address(_ bytes: [UInt8]) -> String {
        guard bytes.count == 16 else { return bytes.map(String.init).joined(separator: ".") }
        return stride(from: 0, to: 16, by: 2)
            .map { String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16, uppercase: true) }
            .joined(separator: ":")
    }

    func fingerprint() throws(MegaraptorError) -> String {
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        try OpenSSLFailure.check(
            X509_digest(certificate, EVP_sha256(), &digest, &length),
            "the certificate has no fingerprint"
        )
        return digest.prefix(Int(length))
            .map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }
            .joined(separator: ":")
    }
}
