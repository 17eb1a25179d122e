// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import Testing

@Suite("megaraptor-mcp secrets")
struct SecretCommandTests {
    @Test("Keeps, lists and removes, and never shows a value")
    func life() async throws {
        let home = try SecretHome()
        #expect(try await home.run(["list"]).output == "No secrets are kept.")
        #expect(try await home.run(["verify"]).output == "There is no store yet.")
        try await home.set("db", "hunter2!")
        try await home.set("api.token", "ghp_0123", "--type", "token")
        let listed = try await home.run([])
        let lines = listed.output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        #expect(lines.map { $0.prefix(2) } == [["api.token", "token"], ["db", "password"]])
        #expect(try await home.run(["verify"]).output == "All is whole: 2 secrets.")
        #expect(try await home.run(["delete", "db"]).status == 0)
        let json = try JSONValue(json: try await home.run(["list", "--json"]).output)
        let secret = try #require(json["secrets"]?.arrayValue?.first?.objectValue)
        #expect(json["secrets"]?.arrayValue?.count == 1)
        #expect(secret.keys == ["name", "type", "created", "changed"] && secret["name"] == "api.token")
        #expect(ISO8601.unixMicroseconds(secret["created"]?.stringValue ?? "") ?? 0 > 1_700_000_000_000_000)
        let unknown = try await home.run(["delete", "db"])
        #expect(unknown.status == 1 && unknown.error.contains("There is no secret db"))
        #expect(
            try JSONValue(json: try await home.run(["verify", "--json"]).output) == ["exists": true, "secrets": 1]
        )
    }

    @Test("Takes a value from a file, byte for byte where that counts, and none from the command line")
    func input() async throws {
        let home = try SecretHome()
        let file = try home.folder.write("-----BEGIN KEY-----\nabc\n", to: "key")
        #expect(try await home.run(["set", "key", "--type", "ssh_key", "--file", file]).status == 0)
        #expect(try await home.run(["set", "key", "hunter2!"]).status == 64)
        #expect(try await home.run(["set", "key", "--type", "pin"], input: "123456").status == 64)
        let short = try await home.run(["set", "key"], input: "abc")
        #expect(short.status == 1 && short.error.contains("too short"))
        let missing = try await home.run(["set", "key", "--file", "\(file).none"])
        #expect(missing.status == 1 && missing.error.contains("cannot be read"))
        let long = try await home.run(["set", "key"], input: String(repeating: "x", count: 70_000))
        #expect(long.status == 1 && long.error.contains("at most 65536"))
    }

    @Test("Typed at a terminal a value is asked for twice and not shown")
    func terminal() async throws {
        let home = try SecretHome()
        for (words, status) in [(["hunter2!", "hunter2!"], Int32(0)), (["hunter3!", "hunter4!"], 1)] {
            let terminal = try Terminal()
            let process = Process()
            let errors = Pipe()
            process.executableURL = Products.host
            process.arguments = ["secrets", "set", "db"]
            process.environment = home.environment
            process.standardInput = FileHandle(fileDescriptor: terminal.inner, closeOnDealloc: false)
            process.standardOutput = FileHandle.nullDevice
            process.standardError = errors
            try process.run()
            for (prompt, word) in zip(["Value of db: ", "Once more: "], words) {
                var shown = ""
                while !shown.contains(prompt) {
                    let part = errors.fileHandleForReading.availableData
                    try #require(!part.isEmpty, "\(shown)")
                    shown += String(decoding: part, as: UTF8.self)
                }
                terminal.type(word + "\n")
            }
            process.waitUntilExit()
            #expect(process.terminationStatus == status)
            #expect(terminal.shown.isEmpty)
        }
        #expect(try await home.run(["verify"]).output == "All is whole: 1 secret.")
    }

    @Test("A passphrase from the environment or a file; rotation to another and to a key file")
    func passphrases() async throws {
        let home = try SecretHome()
        let words = ["MEGARAPTOR_SECRETS_PASSPHRASE": "correct horse battery"]
        #expect(try await home.run(["set", "db"], input: "hunter2!", words).status == 0)
        #expect(!FileManager.default.fileExists(atPath: "\(home.path)/config/megaraptor-mcp/secrets.key"))
        let without = try await home.run(["list"])
        #expect(without.status == 1 && without.error.contains("MEGARAPTOR_SECRETS_PASSPHRASE"))
        let wrong = try await home.run(["list"], ["MEGARAPTOR_SECRETS_PASSPHRASE": "correct horse"])
        #expect(wrong.status == 1 && wrong.error.contains("right passphrase"))
        #expect(try await home.run(["rotate"], words).status == 64)
        let file = try home.folder.write("stable of the horse\n", to: "words")
        chmod(file, 0o600)
        #expect(try await home.run(["rotate", "--new-passphrase-file", file], words).status == 0)
        #expect(try await home.run(["verify"], words).status == 1)
        let named = ["MEGARAPTOR_SECRETS_PASSPHRASE_FILE": file]
        #expect(try await home.run(["verify"], named).output == "All is whole: 1 secret.")
        let back = try await home.run(["rotate", "--to-key-file", "--passphrase-file", file, "--json"])
        #expect(try JSONValue(json: back.output) == ["key": "key_file"])
        #expect(try await home.run(["verify"]).status == 0)
    }

    @Test("Processes that write at the same time lose nothing")
    func writers() async throws {
        let home = try SecretHome()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<12 { group.addTask { try await home.set("s\(number)", "value \(number)") } }
            try await group.waitForAll()
        }
        #expect(try await home.run(["verify"]).output == "All is whole: 12 secrets.")
    }

    @Test("Killed at any moment of a change or a rotation, the store is whole and opens")
    func killed() async throws {
        let home = try SecretHome()
        try await home.set("stays", String(repeating: "x", count: 60_000))
        let file = try home.folder.write("a value", to: "value")
        var wait = Duration.milliseconds(50)
        var killed = 0
        for round in 0..<30 {
            let change = round.isMultiple(of: 2) ? ["rotate"] : ["set", "late", "--file", file]
            let process = try home.start(change)
            try await Task.sleep(for: wait)
            process.signal(SIGKILL)
            // However fast the machine is, the kills gather around the end of the work.
            if await process.waitForEnd() == 0 {
                wait = wait * 2 / 3
            } else {
                killed += 1
                wait = wait * 6 / 5
            }
            let verified = try await home.run(["verify"])
            #expect(verified.status == 0, "round \(round): \(verified.error)")
        }
        #expect(try await home.run(["list"]).output.contains("stays"))
        #expect(killed > 0)
    }

    @Test("A full disk costs the change and nothing else")
    func fullDisk() async throws {
        let home = try SecretHome()
        try await home.set("db", "hunter2!")
        let file = try home.folder.write("a value", to: "value")
        let before = try Data(contentsOf: URL(filePath: home.store))
        let script = "trap '' XFSZ; ulimit -f 0; exec \"$0\" \"$@\""
        for change in [["set", "more", "--file", file], ["rotate"], ["delete", "db"]] {
            let process = try LineProcess(
                URL(filePath: "/bin/sh"),
                ["-c", script, Products.host.path, "secrets"] + change,
                environment: home.environment
            )
            #expect(await process.waitForEnd() == 1)
            #expect(process.standardError.contains("cannot be written"), "\(process.standardError)")
        }
        #expect(try Data(contentsOf: URL(filePath: home.store)) == before)
        #expect(try await home.run(["verify"]).output == "All is whole: 1 secret.")
    }
}
