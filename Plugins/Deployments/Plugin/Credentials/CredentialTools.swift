// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit

private struct StoreInput: ToolInput {
    var name: String
    var type: String?
    var fromFile: String?
    var generate: Bool?
    var deleteFile: Bool?
    var expiresDays: Int?
    var replace: Bool?

    private enum CodingKeys: String, CodingKey {
        case name, type, generate, replace
        case fromFile = "from_file"
        case deleteFile = "delete_file"
        case expiresDays = "expires_days"
    }

    static let schema = Schema.object(
        .required("name", .secretName),
        .optional("type", .oneOf("password", "token", "ssh_key", "text").defaulting(to: "password")),
        .optional(
            "from_file",
            .string.with("maxLength", 4096).described(
                "A file of this machine with the value; an absolute path. Mode 0600."
            )
        ),
        .optional("generate", .boolean.defaulting(to: false).described("A random password that nobody sees.")),
        .optional(
            "delete_file",
            .boolean.defaulting(to: false).described("Whether from_file is removed once it is kept.")
        ),
        .optional("expires_days", .integer(1...3650).described("After how many days lists tell that it is old.")),
        .optional("replace", .boolean.defaulting(to: false))
    )
}

private struct NameInput: ToolInput {
    var name: String

    static let schema = Schema.object(.required("name", .secretName))
}

extension Schema {
    fileprivate static var secretName: Schema { .string(pattern: "^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$") }
}

extension DeploymentsPlugin {
    var credentialTools: [Tool] { [store, listCredentials, delete] }

    private var store: Tool {
        Tool(
            "store_credential",
            title: "Store a credential",
            description: """
                Keeps a credential encrypted under a name, for deployers that take secrets by name. The value comes \
                from a file of this machine or is made at random; it never passes through this conversation. A person \
                can type one with `megaraptor-mcp secrets set NAME`.
                """,
            toolset: Self.toolset,
            effects: Tool.Effects(readOnly: false, destructive: true, idempotent: false, openWorld: false),
            outputSchema: Self.openObject
        ) { (input: StoreInput, _) in
            let keeper = CredentialKeeper(host: core.host)
            let answer = try await keeper.keep(
                input.name,
                type: input.type ?? "password",
                file: input.fromFile,
                generates: input.generate == true,
                deletesFile: input.deleteFile == true,
                days: input.expiresDays,
                replacing: input.replace == true
            )
            return ToolResult(structured: .object(answer))
        }
    }

    private var listCredentials: Tool {
        Tool(
            "list_credentials",
            title: "List credentials",
            description: "The names, kinds and ages of the credentials that are kept; never a value.",
            toolset: Self.toolset,
            effects: .reads,
            outputSchema: Self.openObject
        ) { (_: NoInput, _) in
            ToolResult(structured: .object(try await CredentialKeeper(host: core.host).list()))
        }
    }

    private var delete: Tool {
        Tool(
            "delete_credential",
            title: "Delete a credential",
            description:
                "Removes a credential that is kept under a name. Those of a deployment go with it, not by this.",
            toolset: Self.toolset,
            effects: Tool.Effects(readOnly: false, destructive: true, idempotent: true, openWorld: false),
            outputSchema: Self.openObject
        ) { (input: NameInput, _) in
            ToolResult(structured: .object(try await CredentialKeeper(host: core.host).delete(input.name, core)))
        }
    }
}
