// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors
internal import MegaraptorPluginKit

private struct CreateHuntInput: ToolInput {
    var artifacts: [String]
    var description: String
    var parameters: JSONValue?
    var includeLabels: [String]?
    var excludeLabels: [String]?
    var system: String?
    var timeout: Int?
    var expiresHours: Int?
    var paused: Bool?
    var cpuLimit: Int?
    var maxRows: Int?
    var maxBytes: Int?
    var tags: [String]?
    var organization: String?

    private enum CodingKeys: String, CodingKey {
        case artifacts, description, parameters, timeout, paused, tags
        case includeLabels = "include_labels"
        case excludeLabels = "exclude_labels"
        case system = "os_filter"
        case expiresHours = "expires_hours"
        case cpuLimit = "cpu_limit"
        case maxRows = "max_rows"
        case maxBytes = "max_bytes"
        case organization = "org_id"
    }

    static let schema = Schema.object(
        .required("artifacts", .array(of: .artifactName).with("minItems", 1).with("maxItems", 50)),
        .required("description", .string.with("minLength", 1).with("maxLength", 1000)),
        .optional(
            "parameters",
            Schema(["type": "object"]).described("{artifact: {parameter: value}}.")
                .examples(["Windows.System.Pslist": ["ProcessRegex": "rclone"]])
        ),
        .optional("include_labels", .labels),
        .optional("exclude_labels", .labels),
        .optional("os_filter", .huntSystem),
        .optional("timeout", .integer(1...604_800).defaulting(to: 600).described("Seconds per client.")),
        .optional("expires_hours", .integer(1...8760).defaulting(to: 24)),
        .optional("paused", .boolean.defaulting(to: true)),
        .optional("cpu_limit", .integer(1...100).described("Percent of a core.")),
        .optional("max_rows", .integer(1...1_000_000_000).described("Per client.")),
        .optional("max_bytes", .integer(1...(1 << 40)).described("Uploads per client.")),
        .optional("tags", .labels),
        .optional("org_id", .organization)
    )

    func request() throws(MegaraptorError) -> CreateHunt.Request {
        CreateHunt.Request(
            artifacts: artifacts,
            description: description,
            parameters: parameters?.objectValue ?? [:],
            condition: try HuntCondition(
                includedLabels: includeLabels ?? [],
                excludedLabels: excludeLabels ?? [],
                system: system
            ),
            expiresHours: expiresHours ?? 24,
            isPaused: paused ?? true,
            timeout: timeout ?? 600,
            cpuLimit: cpuLimit,
            maxRows: maxRows,
            maxBytes: maxBytes,
            tags: tags ?? [],
            organization: organization
        )
    }
}

extension VelociraptorPlugin {
    private static let createOutput = Schema.object(
        open: true,
        .required("org_id", .string),
        .required("hunt_id", .string),
        .required("state", .string),
        .required("condition", Schema(["type": "object"])),
        .required("expires", .moment),
        .required("estimate", .nullable(Schema(["type": "object"])))
    )

    var createHunt: Tool {
        Tool(
            CreateHunt.name,
            title: "Create hunt",
            description: """
                Creates a hunt: a collection of artifacts on all clients that match the labels or the OS, also those \
                that come online until it expires. Paused unless paused is false; modify_hunt starts it. Unknown \
                artifacts and parameters are refused before anything is sent. Returns the id, the estimate of clients, \
                and the hunt as read back. Not repeatable: each call creates another hunt.
                """,
            toolset: "respond",
            effects: Tool.Effects(readOnly: false, destructive: true, idempotent: false, openWorld: true),
            asksFirst: false,
            outputSchema: Self.createOutput
        ) { (input: CreateHuntInput, context: CallContext) in
            let create = CreateHunt(
                client: client,
                timeout: context.within(.seconds(60)),
                consent: { (question) async throws(MegaraptorError) in try await context.consent(to: question) }
            )
            let outcome = try await create(input.request())
            return outcome.result(input.organization)
        }
    }
}

extension CreateHunt.Outcome {
    fileprivate func result(_ organization: String?) -> ToolResult {
        var object: JSONObject = ["org_id": .string(organization ?? "root")]
        for (key, value) in hunt.details { object[key] = value }
        object["estimate"] = estimate.map { .object($0.json) } ?? .null
        object["notes"] = .array(notes.map(JSONValue.string))
        let state =
            hunt.state == "PAUSED"
            ? "is PAUSED: nothing runs until modify_hunt starts it"
            : "is \(hunt.state): clients that are online begin now"
        let reach = estimate.map { ["It matches \($0.words)."] } ?? []
        let lines = ["The hunt \(hunt.id) on \(hunt.condition.words) \(state)."] + reach + notes
        return .escaped(
            text: VisibleText.escape(lines.joined(separator: " ")) + "\n"
                + VisibleText.escape(JSONValue.object(object).json()),
            structured: object
        )
    }
}
