// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import JSONValue
import MegaraptorErrors
import Testing

@Suite("A step is done only as a part of the plan that was made for the same inputs")
struct DeployerStepTests {
    @Test("The steps of a plan are done one at a time, each with its details and the state that the last one left")
    func steps() async throws {
        var message = try await DeployerMessages.planned("upgrade", ["options": ["board": 4]])
        message["step"] = "lift"
        let first = try await DeployerMessages.ask("apply", message)
        #expect(first["message"] == "upgrade lift 4 of 2" && first["state"]?["had_state"] == false)
        #expect(first["resources"]?.arrayValue?.count == 1)
        message["state"] = first["state"]
        message["step"] = "put"
        let second = try await DeployerMessages.ask("apply", message)
        #expect(second["message"] == "upgrade put - of 2")
        #expect(second["state"] == ["steps": ["lift", "put"], "had_state": true])
    }

    @Test("A step that is done again is let through: whether its effect is there is the deployer's to see")
    func again() async throws {
        var message = try await DeployerMessages.planned()
        message["step"] = "put"
        let first = try await DeployerMessages.ask("apply", message)
        message["state"] = first["state"]
        #expect(try await DeployerMessages.ask("apply", message)["message"] == first["message"])
    }

    @Test("Twice the same inputs give the same digest, with whatever state")
    func sameDigest() async throws {
        let one = try await DeployerMessages.planned()["digest"]
        let other = try await DeployerMessages.planned("create", ["state": ["steps": ["lift"]]])["digest"]
        #expect(one == other && one != nil)
    }

    private static let changes: [(String, @Sendable (JSONValue) -> JSONValue)] = [
        ("options", { $0.with(2, at: "options", "board") }),
        ("a label", { $0.with("somebody else's", at: "deployment", "labels", "org.megaraptor.deployment") }),
        ("another label", { $0.with("x", at: "deployment", "labels", "more") }),
        ("a port", { $0.with(9, at: "deployment", "gui", "port") }),
        ("the operation", { $0.with("restart", at: "operation") }),
        (
            "a step's details",
            { $0.with([["id": "lift", "title": "Lift it", "details": ["board": 9]]], at: "plan", "steps") }
        ),
        ("a warning", { $0.with([], at: "plan", "warnings") }),
        ("the layout", { $0.with("/elsewhere", at: "plan", "layout", "datastore") }),
        ("the digest", { $0.with(.string(String(repeating: "0", count: 64)), at: "digest") }),
        ("no digest", { $0.with(.null, at: "digest") }),
    ]

    @Test("Whatever is another than it was planned for is a conflict, and nothing is done", arguments: changes)
    private func conflict(change: (what: String, make: @Sendable (JSONValue) -> JSONValue)) async throws {
        var planned = try await DeployerMessages.planned()
        planned["step"] = "lift"
        _ = try await DeployerMessages.ask("apply", planned)
        let changed = change.make(.object(planned)).objectValue ?? [:]
        let error = await #expect(throws: MegaraptorError.self) { try await DeployerMessages.ask("apply", changed) }
        #expect(error?.code == .conflict && error?.hint.contains("Plan again") == true)
    }

    @Test("A digest of one deployer is worth nothing to another")
    func otherDeployer() async throws {
        var planned = try await DeployerMessages.planned()
        planned["step"] = "lift"
        let message = planned
        let error = await #expect(throws: MegaraptorError.self) {
            try await DeployerMessages.ask("apply", message, of: "bare")
        }
        #expect(error?.code == .conflict)
    }

    @Test("A step that the plan does not have, and none at all, are refused", arguments: ["push", ""])
    func unknownStep(step: String) async throws {
        var planned = try await DeployerMessages.planned()
        planned["step"] = step.isEmpty ? nil : .string(step)
        let message = planned
        let error = await #expect(throws: MegaraptorError.self) { try await DeployerMessages.ask("apply", message) }
        #expect(error?.code == .invalidArgument && error?.message.contains("no step \"\(step)\"") == true)
    }

    @Test("An operation that there is not is refused with those that there are", arguments: ["plan", "apply"])
    func unknownOperation(message: String) async throws {
        var planned = try await DeployerMessages.planned()
        planned["operation"] = "demolish"
        let arguments = planned
        let error = await #expect(throws: MegaraptorError.self) { try await DeployerMessages.ask(message, arguments) }
        #expect(error?.code == .invalidArgument)
        #expect(error?.message.contains("create, update, restart, upgrade, rollback") == true)
    }

    @Test("A removal's steps are bound to what was to be removed in the same way")
    func removal() async throws {
        var message = DeployerMessages.request(["delete_data": false])
        let plan = try await DeployerMessages.ask("removal", message)
        message["plan"] = plan
        message["digest"] = plan["digest"]
        message["step"] = "take"
        let outcome = try await DeployerMessages.ask("destroy", message)
        #expect(outcome["message"] == "took take" && outcome["state"] == .null)
        #expect(outcome["resources"] == plan["keeps"])
        // As if somebody had agreed to keep the data and it were removed all the same.
        let changed = JSONValue.object(message).with(plan["keeps"] ?? [], at: "plan", "removes").objectValue ?? [:]
        let error = await #expect(throws: MegaraptorError.self) { try await DeployerMessages.ask("destroy", changed) }
        #expect(error?.code == .conflict)
        let create = try await DeployerMessages.planned()
        #expect(create["digest"] != plan["digest"])
    }
}
