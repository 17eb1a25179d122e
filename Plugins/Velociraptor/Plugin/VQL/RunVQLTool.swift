// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors
internal import MegaraptorPluginKit

private struct RunVQLInput: ToolInput {
    var query: String
    var env: [String: JSONValue]?
    var changes: Bool?
    var maxRows: Int?
    var timeoutSeconds: Int?
    var cursor: String?
    var organization: String?
    var resultBytes: Int?

    private enum CodingKeys: String, CodingKey {
        case query, env, changes, cursor
        case maxRows = "max_rows"
        case timeoutSeconds = "timeout_seconds"
        case organization = "org_id"
        case resultBytes = "max_result_bytes"
    }

    static let schema = Schema.object(
        .required(
            "query",
            .string.with("minLength", 1).described(
                "VQL, one or more statements. OR binds tighter than AND. No semicolons. Foreign values go into env."
            ).examples("SELECT client_id, os_info.hostname AS Host FROM clients(search=Search)")
        ),
        .optional(
            "env",
            Schema(["type": "object", "propertyNames": ["pattern": "^[A-Za-z_][A-Za-z0-9_]*$"]]).described(
                "Values that the query uses by name, of any JSON type; never parsed as VQL."
            ).examples(["Search": "host:ws-*", "Limit": 5])
        ),
        .optional(
            "changes",
            .boolean.defaulting(to: false).described(
                "Say true for a query that changes something, or that cannot be told not to."
            )
        ),
        .optional(
            "max_rows",
            .integer(1...1_000_000).defaulting(to: 1000).described("At the first row beyond, the query is stopped.")
        ),
        .optional("timeout_seconds", .integer(1...3600).defaulting(to: 60)),
        .optional("cursor", .cursor),
        .optional("org_id", .organization),
        .optional("max_result_bytes", .resultBytes)
    )
}

extension VelociraptorPlugin {
    private static let queryOutput = Schema.object(
        .required("statements", .objects.described("{statement, columns, row_count, first_row, rows, …} for each.")),
        .required("row_count", .integer),
        .required("truncated", .boolean),
        .required("complete", .boolean),
        .required("next_cursor", .nullable(.string)),
        .required("errors", .objects),
        .required("log", .array(of: .string)),
        .required("log_lines_left_out", .integer),
        .required("org_id", .string),
        .required("elapsed_ms", .number)
    )

    var runVQL: Tool {
        Tool(
            RunVQL.name,
            title: "Run VQL",
            description: """
                Runs VQL on the Velociraptor server, for questions that no other tool answers. What the query can reach \
                is found first: one that only reads runs; one that changes something, runs commands or cannot be judged \
                needs changes: true, and the person may be asked. Nothing that changes is sent twice. A failure is an \
                error, never an empty result. validate_vql checks without running.
                """,
            toolset: "workbench",
            effects: Tool.Effects(readOnly: false, destructive: true, idempotent: false, openWorld: true),
            asksFirst: false,
            readOnlyMode: .restricted,
            outputSchema: Self.queryOutput
        ) { (input: RunVQLInput, context: CallContext) in
            let run = RunVQL(
                client: client,
                isReadOnly: context.isReadOnly,
                allowsServerReads: try await context.host.config()["allow_server_reads"] == true,
                consent: { (question) async throws(MegaraptorError) in try await context.consent(to: question) }
            )
            return ToolResult(
                rawJSON: try await run(
                    RunVQL.Request(
                        query: input.query,
                        environment: JSONObject(
                            (input.env ?? [:]).sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
                        ),
                        rowLimit: input.maxRows ?? 1000,
                        timeout: context.within(.seconds(input.timeoutSeconds ?? 60)),
                        organization: input.organization,
                        changes: input.changes ?? false,
                        cursor: input.cursor,
                        budget: context.budget(input.resultBytes),
                        mostBytes: context.resultBytes
                    )
                )
            )
        }
    }
}
