// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorPluginKit

private struct RunVQLInput: ToolInput {
    var query: String
    var env: [String: JSONValue]?
    var maxRows: Int?
    var timeoutSeconds: Int?
    var organization: String?

    private enum CodingKeys: String, CodingKey {
        case query
        case env
        case maxRows = "max_rows"
        case timeoutSeconds = "timeout_seconds"
        case organization = "org_id"
    }

    static let schema = Schema.object(
        .required(
            "query",
            .string.with("minLength", 1).described(
                """
                One or more VQL statements. OR binds tighter than AND: use parentheses. No semicolons. Never write \
                foreign values into the text: pass them with env.
                """
            ).examples("SELECT client_id, os_info.hostname AS Host FROM clients(search=Search)")
        ),
        .optional(
            "env",
            Schema([
                "type": "object",
                "propertyNames": ["pattern": "^[A-Za-z_][A-Za-z0-9_]*$"],
            ]).described(
                "Values that the query uses by name. They arrive with their JSON type and are never parsed as VQL."
            ).examples(["Search": "host:ws-*", "Limit": 5])
        ),
        .optional(
            "max_rows",
            .integer(1...1_000_000).defaulting(to: 1000).described(
                "The most rows to return, over all statements. At the first row beyond, the query is cancelled."
            )
        ),
        .optional(
            "timeout_seconds",
            .integer(1...3600).defaulting(to: 60).described(
                "After this the server stops the query. The host's own limit for a call, 120 s as shipped, cuts it short."
            )
        ),
        .optional("org_id", .organization)
    )
}

extension VelociraptorPlugin {
    private static let queryOutput = Schema.object(
        .required(
            "statements",
            .array(
                of: .object(
                    .required(
                        "statement",
                        .integer.described("The number among the statements that give rows, from 0.")
                    ),
                    .required(
                        "columns",
                        .array(of: .string).described("The columns of all rows; a row need not have all.")
                    ),
                    .required("row_count", .integer),
                    .required("rows", .array(of: Schema(["type": "object"])))
                )
            )
        ),
        .required("row_count", .integer),
        .required("truncated", .boolean.described("Whether the query was stopped at max_rows.")),
        .required("complete", .boolean.described("Whether these are all rows and nothing failed.")),
        .required("errors", .array(of: Schema(["type": "object"])).described("What failed while rows were made.")),
        .required("log", .array(of: .string).described("What the query logged, and the server's warnings.")),
        .required("log_lines_left_out", .integer.described("How many log lines came beyond those shown.")),
        .required("org_id", .string),
        .required("elapsed_ms", .number)
    )

    var runVQL: Tool {
        Tool(
            "run_vql",
            title: "Run VQL",
            description: """
                Runs VQL on the Velociraptor server and returns the rows of each statement with columns, the server's \
                warnings and errors. For questions that no other tool answers. VQL can change things, read the \
                server's own files and run commands as far as the API key's roles allow, so this tool is never \
                read-only and nothing is sent twice. A failure in the query is an error, never an empty result; rows \
                that came before it are shown beside it.
                """,
            toolset: "workbench",
            effects: Tool.Effects(readOnly: false, destructive: true, idempotent: false, openWorld: true),
            asksFirst: false,
            outputSchema: Self.queryOutput
        ) { (input: RunVQLInput, context: CallContext) in
            let bytes = try await RunVQL(client: client)(
                RunVQL.Request(
                    query: input.query,
                    environment: JSONObject((input.env ?? [:]).sorted { $0.key < $1.key }.map { ($0.key, $0.value) }),
                    rowLimit: input.maxRows ?? 1000,
                    timeout: context.within(.seconds(input.timeoutSeconds ?? 60)),
                    organization: input.organization
                )
            )
            return ToolResult(rawJSON: bytes)
        }
    }
}
