// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors
internal import MegaraptorPluginKit

extension EchoPlugin {
    /// Keeps, lists and removes secrets, and gives away what it keeps.
    var keep: Tool {
        Tool(
            "keep",
            description: "Keeps a secret of its own.",
            toolset: "fixture",
            effects: .init(readOnly: false, destructive: false)
        ) { [host] (input: Keeping, _) in
            let name = input.name ?? ""
            let value = input.value ?? ""
            switch input.what {
            case "put", "replace":
                try await host.keep(
                    secret: name,
                    type: input.type ?? "token",
                    Array(value.utf8),
                    replacing: input.what == "replace"
                )
                return ToolResult(text: "kept \(value)")
            case "delete":
                try await host.remove(secret: name)
                return ToolResult(text: "removed")
            case "use": return ToolResult(text: "it has \(try await host.secret(name).bytes.count) bytes")
            default:
                let kept = try await host.keptSecrets().map { secret -> JSONValue in
                    [
                        "name": .string(secret.name), "type": .string(secret.type),
                        "created": .string(secret.created), "changed": .string(secret.changed),
                    ]
                }
                return ToolResult(structured: ["secrets": .array(kept)])
            }
        }
    }
}

struct Keeping: ToolInput {
    var what: String
    var name: String?
    var value: String?
    var type: String?

    static var schema: Schema {
        .object(
            .required("what", .oneOf("put", "replace", "delete", "use", "list")),
            .optional("name", .string),
            .optional("value", .string),
            .optional("type", .string)
        )
    }
}
