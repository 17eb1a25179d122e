// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import MegaraptorErrors
import Testing

@Suite("Secrets over real stdio: kept by the command, used by a plugin, told by nobody")
struct SecretSessionTests {
    private static let value = "hunter2/\"é\"!"

    private func session(_ home: SecretHome, capabilities: JSONValue = [:]) async throws -> Session {
        let session = try Session(["--plugin-dir", Products.fixtureManifests], environment: home.environment)
        _ = try await session.initialize(capabilities: capabilities)
        return session
    }

    /// Everything that left the host.
    private func said(_ session: Session, _ result: JSONValue) async -> String {
        session.process.closeInput()
        #expect(await session.process.waitForEnd() == 0)
        let notifications = await session.notifications.map { $0.json() }.joined()
        return result.json() + notifications + session.process.standardError
    }

    @Test(
        "A plugin that gives a secret away gives only its name away",
        arguments: ["text", "structured", "error", "log", "progress", "base64", "hexadecimal", "description"]
    )
    func leaks(through: String) async throws {
        let home = try SecretHome()
        try await home.set("fixture.token", Self.value, "--type", "token")
        let session = try await session(home)
        let result = try await session.request(
            "tools/call",
            [
                "name": "leak", "arguments": ["secret": "fixture.token", "through": .string(through)],
                "_meta": ["progressToken": "t"],
            ]
        )
        #expect((result["isError"] == true) == (through == "error"))
        let said = await said(session, result)
        #expect(said.contains("[secret fixture.token]"), "\(said)")
        for form in ["hunter2", "68756e74657232", "aHVudGVyM", "h1bnRlcj"] { #expect(!said.contains(form), "\(said)") }
    }

    @Test("A question to the person does not hold it either")
    func question() async throws {
        let home = try SecretHome()
        try await home.set("fixture.token", Self.value)
        let session = try await session(home, capabilities: ["elicitation": [:]])
        _ = try await session.send(
            "tools/call",
            ["name": "leak", "arguments": ["secret": "fixture.token", "through": "question"]]
        )
        let question = try #require(await session.process.nextLine())
        #expect(question.contains("Is [secret fixture.token] right?") && !question.contains("hunter2"))
        #expect(try JSONValue(json: question)["params"]?["requestedSchema"]?["required"] == ["[secret fixture.token]"])
    }

    @Test("A plugin cannot keep it in its state")
    func state() async throws {
        let home = try SecretHome()
        try await home.set("fixture.token", Self.value)
        let session = try await session(home)
        let result = try await session.call("leak", ["secret": "fixture.token", "through": "state"])
        #expect(result["isError"] == true && result.text.contains("permission_denied"))
        #expect(!FileManager.default.fileExists(atPath: "\(home.path)/state/megaraptor-mcp/plugins"))
    }

    @Test("Outside its manifest, unknown, and without the right key: each says what to do")
    func refusals() async throws {
        let home = try SecretHome()
        try await home.set("other", Self.value)
        let session = try await session(home)
        let outside = try await session.call("leak", ["secret": "other", "through": "text"])
        #expect(
            outside.text.contains("permission_denied") && outside.text.contains("\\\"- other\\\"")
                || outside.text.contains("\"- other\"")
        )
        let unknown = try await session.call("leak", ["secret": "fixture.x", "through": "text"])
        #expect(unknown.text.contains("not_found") && unknown.text.contains("secrets set fixture.x"))
        // A secret that is kept while the host runs is there at once.
        try await home.set("fixture.x", "late-value")
        #expect(
            try await session.call("leak", ["secret": "fixture.x", "through": "text"]).text
                == "before [secret fixture.x] after"
        )
        try FileManager.default.removeItem(atPath: "\(home.path)/config/megaraptor-mcp/secrets.key")
        let keyless = try await session.call("leak", ["secret": "fixture.x", "through": "text"])
        #expect(keyless["isError"] == true && keyless.text.contains("secrets.key"))
    }
}
