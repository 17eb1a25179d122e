// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors
internal import VelociraptorAPI

/// Starts, pauses or stops a hunt, and reads back what came of it.
struct ModifyHunt: Sendable {
    static let name = "modify_hunt"

    struct Outcome: Sendable {
        var action: HuntAction
        var before: HuntRecord
        var after: HuntRecord
        /// The call that was made.
        var call: String
    }

    let client: VelociraptorClient
    var organization: String?
    var timeout: Duration = .seconds(30)
    var settling = Settling()

    func callAsFunction(_ id: String, _ action: HuntAction) async throws(MegaraptorError) -> Outcome {
        guard action != .archive else { throw HuntAction.noArchive(id) }
        let lookup = HuntLookup(client: client, organization: organization, timeout: timeout)
        // hunt_update() answers for an unknown hunt as if all were well.
        let before = try await lookup(id)
        try action.check(before)
        let call = try await send(id, action)
        let after: HuntRecord
        do throws(MegaraptorError) {
            after = try await settling.read(
                { () async throws(MegaraptorError) in try await lookup(id) },
                until: { action.results.contains($0.state) }
            )
        } catch {
            var error = error
            error.message =
                "The request to \(action.rawValue) the hunt \(id) was sent; what came of it is not known: \(error.message)"
            error.retryable = false
            throw error
        }
        guard action.results.contains(after.state) else { throw Self.withoutEffect(action, after) }
        return Outcome(action: action, before: before, after: after, call: call)
    }

    /// Sends the change, once.
    ///
    /// - Returns: the call.
    private func send(_ id: String, _ action: HuntAction) async throws(MegaraptorError) -> String {
        if action == .pause, organization == nil || organization == "root" {
            var mutation = Proto_HuntMutation()
            mutation.huntID = id
            mutation.state = .paused
            do throws(MegaraptorError) {
                _ = try await client.unary("ModifyHunt", mutation, as: Proto_Empty.self, timeout: timeout)
            } catch {
                throw error.afterPossibleChange
            }
            return "ModifyHunt(PAUSED)"
        }
        // VQL has no word for a pause; stopping is what the server makes of one.
        let argument = action == .start ? "start" : "stop"
        let rows = try await client.rows(
            VQLQuery(
                "SELECT hunt_update(hunt_id=HuntId, \(argument)=TRUE) AS hunt FROM scope()",
                [VQLQuery.Variable("HuntId", id)],
                effect: .mayChange,
                organization: organization,
                timeout: timeout
            )
        )
        guard rows.values.first?["hunt"]?.stringValue == id else {
            throw MegaraptorError(
                .internal,
                "The server did not say that it changed the hunt \(id).",
                hint: "list_hunts shows its state."
            )
        }
        return "hunt_update(\(argument)=TRUE)"
    }

    private static func withoutEffect(_ action: HuntAction, _ hunt: HuntRecord) -> MegaraptorError {
        MegaraptorError(
            .failedPrecondition,
            "The server took the request to \(action.rawValue) the hunt \(hunt.id), but it is still \(hunt.state).",
            hint:
                "The rights of this key may not suffice (START_HUNT), or the server is slow: list_hunts shows the state.",
            details: ["hunt_id": .string(hunt.id), "state": .string(hunt.state)]
        )
    }
}
