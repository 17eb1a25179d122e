// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorErrors
import Testing
import VelociraptorLab

@testable import VelociraptorPlugin

@Suite("Changing clients in the laboratory", .serialized, InLaboratory(), .timeLimit(.minutes(2)))
struct ClientChangeLabTests {
    @Test("labels are added once and removed, and are found by a search", arguments: [nil, "O8MH0"])
    func labels(organization: String?) async throws {
        let host = organization == nil ? "web-01" : "srv-north-01"
        let id = try await ChangeLab.id(of: host, in: organization)
        let label = LabelClient(client: try ChangeLab.client(), organization: organization)
        let added = try await label(id, .add, ["case 7", "o'neil"])
        #expect(added.changed == ["case 7", "o'neil"])
        #expect(try await label(id, .add, ["case 7"]).changed.isEmpty)
        let found = try await ListClients(client: ChangeLab.client())(
            ListClients.Request(search: "label:case 7", organization: organization)
        )
        #expect(found.rows.map { $0["client_id"] } == [.string(id)])
        #expect(try await label(id, .remove, ["o'neil", "case 7"]).after == added.before)
    }

    @Test("an unknown client gets no label, and stays unknown")
    func unknown() async throws {
        let label = LabelClient(client: try ChangeLab.client())
        for _ in 0..<2 {
            let thrown = await #expect(throws: MegaraptorError.self) {
                try await label("C.00000000000000ff", .add, ["x"])
            }
            #expect(thrown?.code == .notFound)
        }
    }

    @Test("a key without rights changes neither labels nor the network")
    func rights() async throws {
        let id = try await ChangeLab.id(of: "web-01")
        let client = try ChangeLab.client(.readerWithAPI)
        let label = await #expect(throws: MegaraptorError.self) {
            try await LabelClient(client: client)(id, .add, ["x"])
        }
        #expect(label?.code == .permissionDenied)
        let quarantine = await #expect(throws: MegaraptorError.self) {
            try await QuarantineClient(client: client)(.init(clientID: id))
        }
        #expect(quarantine?.code == .permissionDenied)
    }

    @Test(
        "a client is quarantined by the artifact for its system, and released",
        arguments: [
            ("ws-finance-03", "Windows.Remediation.Quarantine"), ("db-01", "Linux.Remediation.Quarantine"),
            ("mac-design-01", "MacOS.Remediation.Quarantine"),
        ]
    )
    func quarantine(host: String, artifact: String) async throws {
        let id = try await ChangeLab.id(of: host)
        let quarantine = QuarantineClient(client: try ChangeLab.client())
        let cut = try await quarantine(.init(clientID: id, message: "it's an \"error\"", wait: .seconds(20)))
        #expect(cut.artifact == artifact)
        #expect(cut.verdict == .quarantined, "\(cut.rows) \(cut.log)")
        let back = try await quarantine(.init(clientID: id, isQuarantined: false, wait: .seconds(20)))
        #expect(back.verdict == .released, "\(back.rows) \(back.log)")
        #expect(back.flow.flowID != cut.flow.flowID)
    }

    @Test("a call that does not wait says that nothing is in force yet")
    func queued() async throws {
        let id = try await ChangeLab.id(of: "build-01")
        let outcome = try await QuarantineClient(client: ChangeLab.client())(.init(clientID: id, wait: .zero))
        #expect(outcome.verdict == .pending)
        #expect(outcome.explanation.hasPrefix("The quarantine is NOT IN FORCE yet on \(id) (build-01)."))
    }
}
