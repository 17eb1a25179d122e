// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import MegaraptorErrors
import Testing
import VelociraptorLab

@testable import VelociraptorPlugin

/// Clients of the lab that runs for a suite.
enum ChangeLab {
    static func client(_ user: LabUser = .administrator) throws -> VelociraptorClient {
        let lab = try #require(InLaboratory.lab)
        let search = ConfigurationSearch(explicitPath: lab.apiFile(user), environment: [:])
        return VelociraptorClient { () throws(MegaraptorError) in try search.find(now: Int64(time(nil))) }
    }

    static func id(of host: String, in organization: String? = nil) async throws -> String {
        let page = try await ListClients(client: client())(
            ListClients.Request(search: "host:\(host)", organization: organization)
        )
        return try #require(page.rows.first?["client_id"]?.stringValue)
    }
}

@Suite("Hunts in the laboratory", .serialized, InLaboratory(), .timeLimit(.minutes(2)))
struct HuntLabTests {
    private static func request(
        _ description: String,
        _ condition: HuntCondition,
        isPaused: Bool = true,
        organization: String? = nil
    ) -> CreateHunt.Request {
        CreateHunt.Request(
            artifacts: ["Generic.Client.Info"],
            description: description,
            condition: condition,
            isPaused: isPaused,
            organization: organization
        )
    }

    private static func create(_ request: CreateHunt.Request) async throws -> HuntRecord {
        try await CreateHunt(client: ChangeLab.client())(request).hunt
    }

    private static func modify(
        _ id: String,
        _ action: HuntAction,
        _ organization: String? = nil
    ) async throws -> ModifyHunt.Outcome {
        try await ModifyHunt(client: ChangeLab.client(), organization: organization)(id, action)
    }

    private static func count() async throws -> Int {
        try await ListHunts(client: ChangeLab.client())(ListHunts.Request(limit: 1000)).rows.count
    }

    @Test("a hunt is paused, and has the parameters, limits, tags and life time that were asked for")
    func create() async throws {
        var request = Self.request(
            "who's there; \"quoted\" -- text",
            try HuntCondition(includedLabels: ["dmz", "build"])
        )
        request.artifacts = ["Linux.Sys.Users", "Linux.Sys.Pslist"]
        request.parameters = ["Linux.Sys.Pslist": ["processRegex": "ssh'd"]]
        request.tags = ["case-7"]
        request.expiresHours = 48
        request.cpuLimit = 20
        request.maxRows = 500
        request.maxBytes = 1_000_000
        let outcome = try await CreateHunt(client: ChangeLab.client())(request)
        let details = outcome.hunt.details
        #expect(outcome.hunt.id.hasPrefix("H."))
        #expect(details["state"] == "PAUSED")
        #expect(details["description"] == "who's there; \"quoted\" -- text")
        #expect(details["parameters"]?["Linux.Sys.Pslist"] == ["processRegex": "ssh'd"])
        #expect(details["tags"] == ["case-7"])
        #expect(details["max_rows"] == 500)
        #expect(details["condition"]?["include_labels"] == ["dmz", "build"])
        #expect(outcome.hunt.expires - outcome.hunt.number("create_time") > 47 * 3_600_000_000)
        #expect(outcome.estimate?.clients == 2)
        #expect(outcome.notes.isEmpty)
        let flows = try await ListHuntFlows(client: ChangeLab.client())(.init(huntID: outcome.hunt.id))
        #expect(flows.rows.isEmpty)
        #expect(flows.heading.hasSuffix("No client takes part: modify_hunt with action start lets it begin."))
    }

    @Test("a hunt that starts takes clients in, and its flows are listed page by page and by stage and client")
    func flows() async throws {
        let hunt = try await Self.create(Self.request("flows", try HuntCondition(system: "linux")))
        let started = try await Self.modify(hunt.id, .start)
        #expect(started.before.state == "PAUSED")
        #expect(started.after.state == "RUNNING")
        #expect(started.call == "hunt_update(start=TRUE)")
        let list = ListHuntFlows(client: try ChangeLab.client())
        let first = try await list(.init(huntID: hunt.id, limit: 2))
        #expect(first.rows.count == 2)
        #expect(first.hasMore)
        let cursor = try #require(first.cursor?(2).token)
        let rest = try await list(.init(huntID: hunt.id, limit: 2, cursor: cursor))
        #expect(rest.rows.count == 1)
        #expect(rest.firstRow == 2)
        #expect(!rest.hasMore)
        let ids = (first.rows + rest.rows).compactMap { $0["client_id"]?.stringValue }
        #expect(Set(ids).count == 3)
        for id in ids {
            let flow = FlowWatch(
                client: try ChangeLab.client(),
                clientID: id,
                flowID: try #require(first.rows.first?["flow_id"]?.stringValue)
            )
            #expect(try await flow.wait(for: .seconds(20)).state.stage == .finished)
        }
        let done = try await list(.init(huntID: hunt.id, stage: "finished", clientID: ids[1]))
        #expect(done.rows.map { $0["client_id"] } == [.string(ids[1])])
        #expect((done.rows.first?["rows"]?.integerValue ?? 0) > 0)
        #expect(done.rows.first?["hostname"]?.stringValue?.isEmpty == false)
        let failed = try await list(.init(huntID: hunt.id, stage: "failed"))
        #expect(failed.rows.isEmpty)
        #expect(failed.heading.hasSuffix("No failed flow among those looked at."))
    }

    @Test("a running hunt that is paused ends stopped, is said so, and can start again", arguments: [nil, "O8MH0"])
    func pause(organization: String?) async throws {
        let hunt = try await Self.create(
            Self.request("pause", try HuntCondition(system: "windows"), isPaused: false, organization: organization)
        )
        #expect(hunt.state == "RUNNING")
        let paused = try await Self.modify(hunt.id, .pause, organization)
        #expect(paused.after.state == "STOPPED")
        #expect(paused.call == (organization == nil ? "ModifyHunt(PAUSED)" : "hunt_update(stop=TRUE)"))
        #expect(paused.explanation.contains("it stopped the hunt instead"))
        #expect(try await Self.modify(hunt.id, .start, organization).after.state == "RUNNING")
        #expect(try await Self.modify(hunt.id, .stop, organization).after.state == "STOPPED")
    }

    @Test("what a hunt's state does not allow is refused, and nothing changes")
    func impossible() async throws {
        let hunt = try await Self.create(Self.request("impossible", try HuntCondition(), isPaused: false))
        #expect(await Self.code { try await Self.modify(hunt.id, .start) } == .failedPrecondition)
        _ = try await Self.modify(hunt.id, .stop)
        #expect(await Self.code { try await Self.modify(hunt.id, .stop) } == .failedPrecondition)
        #expect(await Self.code { try await Self.modify(hunt.id, .pause) } == .failedPrecondition)
        #expect(await Self.code { try await Self.modify(hunt.id, .archive) } == .unsupported)
        #expect(try await HuntLookup(client: ChangeLab.client())(hunt.id).state == "STOPPED")
    }

    @Test("an unknown hunt is not found, whatever is asked of it", arguments: [HuntAction.start, .pause, .stop])
    func unknown(action: HuntAction) async throws {
        #expect(await Self.code { try await Self.modify("H.NOSUCH", action) } == .notFound)
        #expect(
            await Self.code { try await ListHuntFlows(client: ChangeLab.client())(.init(huntID: "H.NOSUCH")) }
                == .notFound
        )
    }

    @Test("clients are counted by label, system and organisation")
    func estimate() async throws {
        let client = try ChangeLab.client()
        let root = EstimateHunt(client: client)
        let all = try await root(HuntCondition(), activeDays: 30)
        #expect(all.clients == 12)
        #expect(all.seenWithinDay < all.clients)
        #expect(all.way == "EstimateHunt")
        #expect(all.active != nil)
        #expect(try await root(HuntCondition(system: "darwin")).clients == 2)
        let without = try await root(HuntCondition(excludedLabels: ["DMZ"]))
        #expect(without.clients == 11)
        let branch = EstimateHunt(client: client, organization: "O8MH0")
        #expect(try await branch(HuntCondition(system: "linux")).clients == 1)
        let labelled = try await branch(HuntCondition(includedLabels: ["SALES", "none-such"]))
        #expect(labelled.clients == 1)
        #expect(labelled.seenWithinDay == 1)
        #expect(labelled.way == "clients()")
    }

    @Test("hunts are listed newest first, by state, and by what their description really says")
    func list() async throws {
        let one = try await Self.create(Self.request("Beacon (10.*) first", try HuntCondition()))
        let two = try await Self.create(Self.request("beacon (10.*) second", try HuntCondition(), isPaused: false))
        let list = ListHunts(client: try ChangeLab.client())
        let found = try await list(.init(search: "BEACON (10.*)"))
        #expect(found.rows.map { $0["hunt_id"] } == [.string(two.id), .string(one.id)])
        let paused = try await list(.init(state: "PAUSED", search: "beacon (10.*)"))
        #expect(paused.rows.map { $0["hunt_id"] } == [.string(one.id)])
        let first = try await list(.init(search: "beacon (10.*)", limit: 1))
        let second = try await list(.init(search: "beacon (10.*)", limit: 1, cursor: first.cursor?(1).token))
        #expect(second.rows.map { $0["hunt_id"] } == [.string(one.id)])
        let none = try await list(.init(state: "ARCHIVED", search: "beacon"))
        #expect(none.rows.isEmpty)
        #expect(none.heading.hasPrefix("No ARCHIVED hunt in organisation root with `beacon` in the description."))
    }

    @Test(
        "what the server would drop or refuse creates no hunt",
        arguments: [
            ("Linux.Sys.User", JSONObject(), MegaraptorError.Code.notFound, "Did you mean Linux.Sys.Users?"),
            ("Server.Utils.CreateCollector", JSONObject(), .invalidArgument, "client"),
            (
                "Linux.Sys.Users", ["Linux.Sys.Users": ["PaswordFile": "x"]] as JSONObject, .invalidArgument,
                "PasswordFile"
            ),
            ("Linux.Sys.Users", ["Linux.Sys.Pslist": ["a": "b"]] as JSONObject, .invalidArgument, "Linux.Sys.Users"),
        ]
    )
    func refused(artifact: String, parameters: JSONObject, code: MegaraptorError.Code, hint: String) async throws {
        var request = Self.request("refused", try HuntCondition())
        request.artifacts = [artifact]
        request.parameters = parameters
        let before = try await Self.count()
        let refusal = request
        let thrown = await #expect(throws: MegaraptorError.self) { try await Self.create(refusal) }
        #expect(thrown?.code == code)
        #expect(thrown?.hint.contains(hint) == true, "\(thrown?.hint ?? "")")
        #expect(try await Self.count() == before)
    }

    @Test("a key without the right to start hunts gets that said")
    func rights() async throws {
        let request = Self.request("rights", try HuntCondition())
        let thrown = await #expect(throws: MegaraptorError.self) {
            try await CreateHunt(client: ChangeLab.client(.readerWithAPI))(request)
        }
        #expect(thrown?.code == .permissionDenied)
    }

    private static func code(_ body: () async throws -> some Sendable) async -> MegaraptorError.Code? {
        await #expect(throws: MegaraptorError.self) { _ = try await body() }?.code
    }
}
