// SPDX-License-Identifier: Apache-2.0

import DeploymentKit
import JSONValue
import MegaraptorErrors
import Testing

@Suite("Accounts of a new server")
struct AccountTests {
    @Test("Passwords are long, random, of characters that cannot be mistaken, and do not show themselves")
    func passwords() {
        let passwords = (0..<200).map { _ in GeneratedPassword() }
        #expect(Set(passwords.map(\.text)).count == 200)
        #expect(passwords.allSatisfy { $0.text.utf8.count == 24 })
        let used = Set(passwords.joined)
        #expect(used == Set(GeneratedPassword.alphabet))
        #expect(used.isDisjoint(with: "0Oo1lIi"))
        #expect(GeneratedPassword(length: 40).text.utf8.count == 40)
        #expect(GeneratedPassword(length: 3).text.utf8.count == 24)
        var dumped = ""
        dump(passwords[0], to: &dumped)
        #expect(!dumped.contains(passwords[0].text) && !"\(passwords[0])".contains(passwords[0].text))
    }

    @Test("The shortest password has more than 128 bits")
    func entropy() {
        #expect(GeneratedPassword.entropy(length: GeneratedPassword.leastLength) > 138)
        #expect(GeneratedPassword.entropy(length: GeneratedPassword.leastLength) < 139)
    }

    @Test("A hash is that of salt and password, as the sha256sum program computes it")
    func hash() async throws {
        let salt = [UInt8](0..<32)
        let hash = try PasswordHash("pässword", salt: salt)
        #expect(hash.salt == "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")
        try await ScratchFolder.with { scratch in
            let escapes = salt.map { "\\x" + Hexadecimal.encode([$0]) }.joined()
            let digest = try scratch.run("bash", "-c", "printf '\(escapes)pässword' | sha256sum").output
            #expect(digest.hasPrefix(hash.hash + " "))
        }
        #expect(try hash.matches("pässword"))
        #expect(try !hash.matches("passw\u{f6}rd"))
    }

    @Test("Each hash has a salt of its own")
    func salts() throws {
        let hashes = try (0..<20).map { _ in try PasswordHash("same") }
        #expect(Set(hashes.map(\.salt)).count == 20 && Set(hashes.map(\.hash)).count == 20)
        #expect(hashes.allSatisfy { $0.salt.utf8.count == 64 && $0.hash.utf8.count == 64 })
        let read = try PasswordHash(salt: hashes[0].salt, hash: hashes[0].hash)
        #expect(try read.matches("same"))
        #expect(throws: MegaraptorError.self) { try PasswordHash(salt: "", hash: "") }
        #expect(throws: MegaraptorError.self) { try PasswordHash(salt: hashes[0].salt.uppercased() + "g", hash: "") }
    }

    @Test("Names that the server takes", arguments: ["admin", "a", "jo.do@example.org", "Case-7_b#1+x", "1"])
    func names(name: String) throws {
        #expect(try UserName(name).text == name)
    }

    @Test(
        "Names that it does not take, that leave a folder, or that are its own",
        arguments: [
            "", " ", "a b", "jörg", "a/b", "..", ".hidden", "-x", "a\nb", "a:b", "GRPC_GW", "VelociraptorServer",
            String(repeating: "a", count: 65),
        ]
    )
    func badNames(name: String) {
        let error = #expect(throws: MegaraptorError.self) { try UserName(name) }
        #expect(error?.code == .invalidArgument)
    }

    @Test("Roles are those of the server, and a slip of the pen is told")
    func roles() throws {
        #expect(try UserRole.named("artifact_writer") == .artifactWriter)
        let error = #expect(throws: MegaraptorError.self) { try UserRole.named("investigater") }
        #expect(error?.hint == "Did you mean 'investigator'?")
        #expect(error?.message.contains("reader, analyst, investigator, artifact_writer, administrator") == true)
    }
}

extension [GeneratedPassword] {
    fileprivate var joined: String { map(\.text).joined() }
}
