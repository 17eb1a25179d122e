// SPDX-License-Identifier: Apache-2.0

import Certificates
import MegaraptorErrors
import Testing

@Suite("Private keys")
struct PrivateKeyTests {
    @Test("An RSA key of each size has that size", arguments: PrivateKey.Size.allCases)
    func sizes(size: PrivateKey.Size) throws {
        #expect(try PrivateKey.generateRSA(size).kind == "RSA \(size.rawValue)")
    }

    @Test("PKCS#1 and PKCS#8 are written and read back as the same key")
    func forms() throws {
        let key = try TestAuthority.key.get()
        let traditional = try key.pkcs1PEM()
        let modern = try key.pkcs8PEM()
        #expect(traditional.hasPrefix("-----BEGIN RSA PRIVATE KEY-----\n"))
        #expect(modern.hasPrefix("-----BEGIN PRIVATE KEY-----\n"))
        #expect(try PrivateKey(pem: traditional) == key)
        #expect(try PrivateKey(pem: modern) == key)
        #expect(try PrivateKey(pem: "text before\n" + traditional.replacing("\n", with: "\r\n")) == key)
        #expect(try PrivateKey.generateRSA() != key)
    }

    @Test("The openssl command finds the written keys good")
    func secondOpinion() throws {
        let key = try TestAuthority.key.get()
        try OpenSSLCommand.withWorkplace { openssl in
            try openssl.write(key.pkcs1PEM(), to: "traditional.pem")
            try openssl.write(key.pkcs8PEM(), to: "modern.pem")
            for name in ["traditional.pem", "modern.pem"] {
                let outcome = try openssl.run("rsa", "-in", name, "-check", "-noout")
                #expect(outcome.status == 0)
                #expect(outcome.output.contains("RSA key ok"))
            }
        }
    }

    private static let kinds: [([String], String)] = [
        (["ec", "-pkeyopt", "ec_paramgen_curve:P-256"], "EC 256"), (["ed25519"], "ED25519 256"),
    ]

    @Test("Keys of other kinds are read, but have no PKCS#1", arguments: kinds)
    func otherKinds(options: [String], kind: String) throws {
        try OpenSSLCommand.withWorkplace { openssl in
            let algorithm = ["-algorithm", options[0]] + options.dropFirst()
            let outcome = try openssl.run(["genpkey", "-out", "key.pem"] + algorithm)
            #expect(outcome.status == 0, "\(outcome.output)")
            let text = try openssl.read("key.pem")
            let key = try PrivateKey(pem: text)
            #expect(key.kind.uppercased() == kind)
            #expect(try key.pkcs8PEM() == text)
            let error = #expect(throws: MegaraptorError.self) { try key.pkcs1PEM() }
            #expect(error?.code == .unsupported)
        }
    }

    @Test("An encrypted key is refused with the way out", arguments: [["-traditional"], []])
    func encrypted(form: [String]) throws {
        let key = try TestAuthority.key.get()
        try OpenSSLCommand.withWorkplace { openssl in
            try openssl.write(key.pkcs8PEM(), to: "key.pem")
            let outcome = try openssl.run(
                ["rsa", "-in", "key.pem", "-aes256", "-passout", "pass:secret", "-out", "encrypted.pem"] + form
            )
            #expect(outcome.status == 0, "\(outcome.output)")
            let text = try openssl.read("encrypted.pem")
            let error = #expect(throws: MegaraptorError.self) { try PrivateKey(pem: text) }
            #expect(error?.code == .failedPrecondition)
            #expect(error?.message.hasPrefix("the private key is encrypted") == true)
            #expect(error?.hint.contains("openssl pkey") == true)
        }
    }

    @Test(
        "What is no key is refused",
        arguments: [
            "", "hello", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
            "-----BEGIN RSA PRIVATE KEY-----\nnot base64",
        ]
    )
    func refused(text: String) {
        let error = #expect(throws: MegaraptorError.self) { try PrivateKey(pem: text) }
        #expect(error?.code == .invalidArgument)
        #expect(error?.message == "no private key can be read from the PEM text")
    }

    @Test("A key never shows itself")
    func secrecy() throws {
        let key = try TestAuthority.key.get()
        var dumped = ""
        dump([key], to: &dumped)
        let secret = try key.pkcs8PEM().split(separator: "\n")[1]
        for text in ["\(key)", String(reflecting: key), dumped, "\([key])"] {
            #expect(text.contains("PrivateKey(RSA 2048)"))
            #expect(text.utf8.count < 200)
            #expect(!text.contains(secret))
        }
    }
}
