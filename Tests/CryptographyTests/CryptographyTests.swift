// SPDX-License-Identifier: Apache-2.0

import Cryptography
import JSONValue
import MegaraptorErrors
import Testing

@Suite("Cryptography computes what the standards' own examples show")
struct CryptographyTests {
    private func bytes(_ hexadecimal: String) throws -> [UInt8] { try #require(Hexadecimal.decode(hexadecimal.utf8)) }

    @Test("SHA-256, FIPS 180-4: abc, in one piece and in parts")
    func sha256() throws {
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        #expect(Hexadecimal.encode(try SHA256.digest(Array("abc".utf8))) == expected)
        var hash = try SHA256()
        for part in ["a", "", "bc"] { Array(part.utf8).withUnsafeBytes { hash.update($0) } }
        #expect(Hexadecimal.encode(try hash.finish()) == expected)
        #expect(
            Hexadecimal.encode(try SHA256.digest([]))
                == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        )
    }

    @Test("HMAC-SHA256, RFC 4231, case 2")
    func hmac() throws {
        let code = try Cryptography.hmacSHA256(Array("what do ya want for nothing?".utf8), key: Array("Jefe".utf8))
        #expect(Hexadecimal.encode(code) == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
    }

    @Test("PBKDF2 with HMAC-SHA256, RFC 7914, section 11, first half")
    func pbkdf2() throws {
        let key = try Cryptography.pbkdf2SHA256(Array("passwd".utf8), salt: Array("salt".utf8), iterations: 1)
        #expect(Hexadecimal.encode(key) == "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc")
    }

    @Test("AES-256-GCM, test case 14 of the GCM specification")
    func gcm() throws {
        let zero = [UInt8](repeating: 0, count: 32)
        let nonce = [UInt8](repeating: 0, count: 12)
        let sealed = try AESGCM.seal([UInt8](repeating: 0, count: 16), key: zero, nonce: nonce, associated: [])
        #expect(Hexadecimal.encode(sealed) == "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919")
        #expect(
            try AESGCM.open(sealed, key: zero, nonce: nonce, associated: []) == [UInt8](repeating: 0, count: 16)
        )
    }

    @Test("What was sealed does not open changed, with another key, nonce or associated data, or cut")
    func gcmRefuses() throws {
        let key = Cryptography.randomBytes(32)
        let nonce = Cryptography.randomBytes(12)
        let sealed = try AESGCM.seal([1, 2, 3], key: key, nonce: nonce, associated: [9])
        #expect(try AESGCM.open(sealed, key: key, nonce: nonce, associated: [9]) == [1, 2, 3])
        for place in sealed.indices {
            var changed = sealed
            changed[place] ^= 1
            #expect(try AESGCM.open(changed, key: key, nonce: nonce, associated: [9]) == nil)
        }
        #expect(try AESGCM.open(sealed, key: key, nonce: nonce, associated: []) == nil)
        #expect(try AESGCM.open(sealed, key: Cryptography.randomBytes(32), nonce: nonce, associated: [9]) == nil)
        #expect(try AESGCM.open(Array(sealed.dropLast()), key: key, nonce: nonce, associated: [9]) == nil)
        #expect(try AESGCM.open([], key: key, nonce: nonce, associated: [9]) == nil)
        #expect(throws: MegaraptorError.self) { try AESGCM.seal([1], key: [1], nonce: nonce, associated: []) }
    }

    @Test("Ed25519, RFC 8032, section 7.1, test 2; nothing else verifies")
    func ed25519() throws {
        let secret = try bytes("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
        let key = try Ed25519.publicKey(of: secret)
        #expect(Hexadecimal.encode(key) == "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
        let signature = try Ed25519.sign([0x72], secret: secret)
        #expect(
            Hexadecimal.encode(signature)
                == "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        )
        #expect(try Ed25519.verifies(signature, of: [0x72], publicKey: key))
        #expect(try !Ed25519.verifies(signature, of: [0x73], publicKey: key))
        #expect(throws: MegaraptorError.self) { try Ed25519.verifies([1], of: [0x72], publicKey: key) }
    }
}
