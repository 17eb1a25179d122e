// SPDX-License-Identifier: Apache-2.0

import Certificates
import Testing

@Suite("What a TLS channel is known by")
struct ServerEndPointTests {
    /// How a certificate is signed, and by what the sum is made then.
    private static let kinds: [(request: [String], hash: String)] = [
        (["-newkey", "rsa:2048", "-sha256"], "sha256"), (["-newkey", "rsa:2048", "-sha512"], "sha512"),
        (["-newkey", "rsa:2048", "-sha1"], "sha256"), (["-newkey", "ed25519"], "sha256"),
        (["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-384", "-sha384"], "sha384"),
        (["-newkey", "rsa:2048", "-sha384", "-sigopt", "rsa_padding_mode:pss"], "sha384"),
    ]

    @Test(
        "is the certificate's sum by its own hash, and by SHA-256 for weak and unknown ones",
        arguments: kinds.indices
    )
    func sum(index: Int) throws {
        let (request, hash) = Self.kinds[index]
        try OpenSSLCommand.withWorkplace { openssl in
            let names = ["-nodes", "-subj", "/CN=pc-17", "-keyout", "key.pem", "-out", "cert.pem"]
            let made = try openssl.run(["req", "-x509"] + request + names)
            #expect(made.status == 0, "\(made.output)")
            let certificate = try Certificate(pem: try openssl.read("cert.pem"))
            let told = try openssl.run("x509", "-in", "cert.pem", "-noout", "-fingerprint", "-\(hash)").output
            let digits = told.split(separator: "=").last?.filter(\.isHexDigit).lowercased()
            let sum = try certificate.serverEndPoint()
            #expect(sum.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() == digits)
        }
    }
}
