// SPDX-License-Identifier: Apache-2.0

import Foundation
import MegaraptorPluginKit
import Testing
import VelociraptorLab

@testable import VelociraptorPlugin

@Suite("The plugin's health, against the laboratory", .serialized, InLaboratory(), .timeLimit(.minutes(2)))
struct HealthLabTests {
    private func examine(_ user: LabUser, isReadOnly: Bool = false) async throws -> Health {
        let lab = try #require(InLaboratory.lab)
        let search = ConfigurationSearch(explicitPath: lab.apiFile(user), environment: [:])
        let examination = HealthExamination(
            search: search,
            isReadOnly: isReadOnly,
            limit: .seconds(90),
            questionLimit: .seconds(30)
        )
        return Health(await examination())
    }

    @Test("With an administrator's key all is well, and each sentence says what was found")
    func administrator() async throws {
        let health = try await examine(.administrator)
        #expect(health.checks.map(\.id) == HealthStep.allCases.map(\.rawValue))
        #expect(health.checks.allSatisfy { $0.status == .ok && $0.fix == nil }, "\(health)")
        #expect(health.message(.configuration).contains("api_client.yaml, the server 127.0.0.1:"))
        #expect(health.message(.key).contains("`mcp`"))
        #expect(health.message(.version) == "The server is Velociraptor 0.77.2.")
        #expect(health.message(.user).contains("`mcp`"))
        #expect(health.message(.roles).contains("administrator, api") && health.message(.roles).contains("START_HUNT"))
        #expect(health.message(.orgs).contains("(root)"))
        #expect(health.message(.tools).contains("every tool"))
    }

    @Test("An investigator may use every tool without being an administrator")
    func investigator() async throws {
        let health = try await examine(.investigator)
        #expect(health.status(.tools) == .ok && health.status(.roles) == .ok, "\(health)")
        #expect(!health.message(.roles).contains("EXECVE"))
    }

    @Test("Role api alone is told which tools it cannot use and why; in read-only mode they are not missed")
    func apiOnly() async throws {
        let health = try await examine(.apiOnly)
        #expect(health.status(.tools) == .warning)
        #expect(
            health.message(.tools) == """
                This key cannot use collect_artifact, triage_client, quarantine_client, cancel_flow (lacks \
                COLLECT_CLIENT); label_client (lacks LABEL_CLIENT); create_hunt, modify_hunt (lacks START_HUNT).
                """
        )
        #expect(health.fix(.tools)?.contains("`investigator`") == true)
        #expect(try await examine(.apiOnly, isReadOnly: true).status(.tools) == .ok)
    }

    @Test(
        "A user who may not run queries is known, has no use of any tool, and is broken",
        arguments: [
            LabUser.reader, .withoutRights,
        ]
    )
    func withoutQueries(user: LabUser) async throws {
        let health = try await examine(user)
        #expect(health.status(.user) == .ok && health.message(.user).contains("`\(user.name)`"))
        #expect(health.status(.roles) == .broken && health.fix(.roles)?.contains("ANY_QUERY") == true)
        #expect(health.status(.tools) == .warning && health.message(.tools).contains("none of the tools"))
        for step in [HealthStep.version, .orgs, .clock] {
            #expect(health.status(step) == .unknown)
            #expect(health.message(step).hasSuffix("because the user of the key may not run queries."))
        }
    }

    /// Whose key, the step that is broken, a part of its sentence, and the first step that is then not checked.
    static let faults: [(LabUser, HealthStep, String, HealthStep)] = [
        (.unknown, .user, "does not know the user `gone`", .version),
        (.expired, .certificate, "expired on ", .reachable),
        (.foreign, .reachable, "closed the connection during the handshake", .api),
        (.wrongAuthority, .reachable, "is not the authority of the server", .api),
    ]

    @Test(
        "A key that is no good is broken at its own step, with a fix, and what follows was not checked",
        arguments: faults
    )
    func fault(user: LabUser, step: HealthStep, words: String, next: HealthStep) async throws {
        let health = try await examine(user)
        #expect(health.checks.filter { $0.status == .broken }.map(\.id) == [step.rawValue], "\(health)")
        #expect(health.message(step).contains(words))
        #expect(health.fix(step)?.isEmpty == false)
        #expect(health.status(next) == .unknown && health.message(next).hasSuffix("because \(step.fault)."))
        #expect(health.status(.tools) == .unknown)
        #expect(health.checks.map(\.id) == HealthStep.allCases.map(\.rawValue))
    }

    @Test("A certificate and an authority that do not belong together are pointed at, whatever the server says")
    func mixed() async throws {
        for user in [LabUser.foreign, .wrongAuthority] {
            let health = try await examine(user)
            #expect(health.status(.authority) == .warning && health.message(.authority).contains("not signed by"))
        }
    }

    @Test("Where nothing listens the server is not reached, and nothing else is guessed")
    func nothingListens() async throws {
        let lab = try #require(InLaboratory.lab)
        await lab.pause()
        let health = try await examine(.administrator)
        try lab.resume()
        #expect(health.status(.authority) == .ok)
        #expect(health.status(.reachable) == .broken && health.message(.reachable).contains("Nothing listens at"))
        #expect(health.status(.api) == .unknown)
    }

    @Test("No part of the key and no nonce stands in any sentence")
    func secrets() async throws {
        let lab = try #require(InLaboratory.lab)
        let file = try String(contentsOfFile: lab.apiFile(.administrator), encoding: .utf8)
        let lines = file.components(separatedBy: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { $0.utf8.count == 64 }
        let said = "\(try await examine(.administrator))"
        #expect(!lines.isEmpty && !lines.contains { said.contains($0) })
        #expect(!said.localizedCaseInsensitiveContains("nonce"))
    }
}
