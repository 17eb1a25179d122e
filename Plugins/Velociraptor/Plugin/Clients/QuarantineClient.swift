// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors

/// Cuts a client off the network, or lets it back, by the artifact for its system.
struct QuarantineClient: Sendable {
    static let name = "quarantine_client"
    /// What the artifacts show of a message.
    static let longestMessage = 256
    /// A client that was not seen for so long is not cut off unless that is insisted on: nothing would happen now.
    static let longOffline: Int64 = 24 * 3600

    struct Request: Sendable, Hashable {
        var clientID: String
        var isQuarantined = true
        var message: String?
        /// How long to wait for the client to do it.
        var wait: Duration = .seconds(30)
        /// Also for a client that was not seen for long.
        var force = false
        var organization: String?
    }

    let client: VelociraptorClient
    var timeout: Duration = .seconds(30)
    var sleep: RetryPolicy.Sleep = { try await Task.sleep(for: $0) }

    /// - Parameter report: told after each look at the collection.
    func callAsFunction(
        _ request: Request,
        report: (FlowState, Duration) -> Void = { _, _ in }
    ) async throws(MegaraptorError) -> QuarantineOutcome {
        let message = try Self.message(request)
        let presence = ClientPresence(
            try await GetClientInfo(client: client)(
                request.clientID,
                organization: request.organization,
                timeout: timeout
            )
        )
        let artifact = try Self.artifact(presence, request.clientID)
        try Self.checkAge(presence, request)
        let flowID = try await QuarantineFlow(client: client, organization: request.organization, timeout: timeout)
            .start(request.clientID, artifact, isRelease: !request.isQuarantined, message: message)
        return try await follow(flowID, request, presence, artifact, report)
    }

    private func follow(
        _ flowID: String,
        _ request: Request,
        _ presence: ClientPresence,
        _ artifact: String,
        _ report: (FlowState, Duration) -> Void
    ) async throws(MegaraptorError) -> QuarantineOutcome {
        do throws(MegaraptorError) {
            let watch = FlowWatch(
                client: client,
                clientID: request.clientID,
                flowID: flowID,
                organization: request.organization,
                timeout: timeout,
                sleep: sleep
            )
            let outcome = try await watch.wait(for: request.wait, report: report)
            let flow = QuarantineFlow(client: client, organization: request.organization, timeout: timeout)
            let evidence =
                outcome.state.isDone ? try await flow.evidence(request.clientID, flowID, artifact) : ([], [])
            return QuarantineOutcome(
                isQuarantine: request.isQuarantined,
                artifact: artifact,
                presence: presence,
                flow: outcome.state,
                message: request.message,
                rows: evidence.0,
                log: evidence.1
            )
        } catch {
            var error = error
            error.message = "The collection \(flowID) of \(artifact) was queued. \(error.message)"
            error.hint = "Do not repeat the call: get_flow_status tells how it went. \(error.hint)"
            error.retryable = false
            error.details["flow_id"] = .string(flowID)
            error.details["client_id"] = .string(request.clientID)
            throw error
        }
    }

    // MARK: - Before

    private static func message(_ request: Request) throws(MegaraptorError) -> String? {
        guard let message = request.message, !message.trimmed.isEmpty else { return nil }
        guard request.isQuarantined else {
            throw MegaraptorError(
                .invalidArgument,
                "A release shows no message: message goes with quarantine true only.",
                hint: "Leave message out."
            )
        }
        guard message.count <= longestMessage else {
            throw MegaraptorError(
                .invalidArgument,
                "The message has \(message.count) characters; the endpoint shows \(longestMessage).",
                hint: "Shorten it."
            )
        }
        return message
    }

    private static func artifact(_ presence: ClientPresence, _ id: String) throws(MegaraptorError) -> String {
        switch presence.system {
        case "windows": return "Windows.Remediation.Quarantine"
        case "linux": return "Linux.Remediation.Quarantine"
        case "darwin": return "MacOS.Remediation.Quarantine"
        default:
            throw MegaraptorError(
                .failedPrecondition,
                """
                The server does not know a system of \(id) that can be quarantined\
                \(presence.system.isEmpty ? "" : ": \(VisibleText.escape(presence.system))"). Nothing was sent.
                """,
                hint: "Collect Generic.Client.Info with collect_artifact, so that the client tells its system."
            )
        }
    }

    private static func checkAge(_ presence: ClientPresence, _ request: Request) throws(MegaraptorError) {
        let age = presence.json["seconds_since_seen"]?.integerValue
        guard !request.force, age.map({ $0 > longOffline }) ?? true else { return }
        throw MegaraptorError(
            .failedPrecondition,
            "\(request.clientID) is offline for long. \(presence.words) Nothing was sent.",
            hint: "With force true it is queued, and takes effect whenever the client returns.",
            details: ["client_id": .string(request.clientID), "last_seen": presence.json["last_seen"] ?? .null]
        )
    }
}
