// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorPluginKit

private struct QuarantineClientInput: ToolInput {
    var clientID: String
    var quarantine: Bool?
    var message: String?
    var waitSeconds: Int?
    var force: Bool?
    var organization: String?

    private enum CodingKeys: String, CodingKey {
        case quarantine, message, force
        case clientID = "client_id"
        case waitSeconds = "wait_seconds"
        case organization = "org_id"
    }

    static let schema = Schema.object(
        .required("client_id", .clientID),
        .optional("quarantine", .boolean.defaulting(to: true).described("false releases the client.")),
        .optional(
            "message",
            .string.with("maxLength", .integer(Int64(QuarantineClient.longestMessage)))
                .described("Shown to whoever is logged in.")
        ),
        .optional("wait_seconds", .integer(0...600).defaulting(to: 30)),
        .optional("force", .boolean.defaulting(to: false).described("Also a client that was not seen for a day.")),
        .optional("org_id", .organization)
    )
}

extension VelociraptorPlugin {
    private static let quarantineOutput = Schema.object(
        .required("org_id", .string),
        .required("client_id", .string),
        .required("hostname", .text),
        .required("action", .string),
        .required("status", .oneOf("quarantined", "released", "pending", "failed", "unconfirmed")),
        .required("explanation", .string),
        .required("artifact", .string),
        .required("flow_id", .string),
        .required("state", .string),
        .required("rows", .objects),
        .required("log", .array(of: .string))
    )

    var quarantineClient: Tool {
        Tool(
            QuarantineClient.name,
            title: "Quarantine client",
            description: """
                Cuts an endpoint off the network except for the Velociraptor server, or releases it, with the artifact \
                for its OS (Windows, Linux, macOS). Waits and tells what really happened; status pending means not in \
                force yet. Refuses unknown clients, and without force those not seen for a day.
                """,
            toolset: "respond",
            outputSchema: Self.quarantineOutput
        ) { (input: QuarantineClientInput, context: CallContext) in
            let wait = context.within(.seconds(input.waitSeconds ?? 30))
            let outcome = try await QuarantineClient(client: client, timeout: context.within(.seconds(30)))(
                QuarantineClient.Request(
                    clientID: input.clientID,
                    isQuarantined: input.quarantine ?? true,
                    message: input.message,
                    wait: wait,
                    force: input.force ?? false,
                    organization: input.organization
                )
            ) { flow, elapsed in
                context.progress(elapsed / .seconds(1), of: wait / .seconds(1), flow.progress)
            }
            return outcome.result(input.organization)
        }
    }
}

extension QuarantineOutcome {
    func result(_ organization: String?) -> ToolResult {
        var lines = [VisibleText.escape(explanation)]
        lines.append("Collection \(flow.flowID) of \(artifact), state \(flow.state).")
        if !rows.isEmpty || !log.isEmpty {
            lines.append(RowPage.warning)
            lines += rows.map { VisibleText.escape($0.json()) } + log.map { VisibleText.escape($0) }
        }
        return .escaped(
            text: lines.joined(separator: "\n"),
            structured: [
                "org_id": .string(organization ?? "root"), "client_id": .string(flow.clientID),
                "hostname": presence.json["hostname"] ?? .null,
                "action": isQuarantine ? "quarantine" : "unquarantine", "status": .string(verdict.rawValue),
                "explanation": .string(explanation), "artifact": .string(artifact), "flow_id": .string(flow.flowID),
                "state": .string(flow.state), "rows": .array(rows), "log": .array(log.map(JSONValue.string)),
            ],
            isError: verdict == .failed
        )
    }
}
