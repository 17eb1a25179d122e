// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors
internal import MegaraptorPluginKit

private struct LabelClientInput: ToolInput {
    var clientID: String
    var labels: [String]
    var operation: String?
    var organization: String?

    private enum CodingKeys: String, CodingKey {
        case labels, operation
        case clientID = "client_id"
        case organization = "org_id"
    }

    static let schema = Schema.object(
        .required("client_id", .clientID),
        .required("labels", .labels.with("minItems", 1)),
        .optional("operation", .oneOf("add", "remove").defaulting(to: "add")),
        .optional("org_id", .organization)
    )
}

extension VelociraptorPlugin {
    private static let labelOutput = Schema.object(
        .required("org_id", .string),
        .required("client_id", .string),
        .required("operation", .string),
        .required("labels_modified", .array(of: .string)),
        .required("labels_before", .array(of: .string)),
        .required("current_labels", .array(of: .string))
    )

    var labelClient: Tool {
        Tool(
            LabelClient.name,
            title: "Label client",
            description: """
                Adds labels to a client or removes them; tells its labels before and after, read back. Hunts choose \
                clients by label, so a label can make a running hunt take a client in. Repeating a call changes nothing.
                """,
            toolset: "respond",
            effects: Tool.Effects(destructive: false, idempotent: true),
            outputSchema: Self.labelOutput
        ) { (input: LabelClientInput, context: CallContext) in
            let word = input.operation ?? "add"
            guard let operation = LabelClient.Operation(rawValue: word) else {
                throw MegaraptorError(.invalidArgument, "There is no operation \(VisibleText.escape(word)).")
            }
            let outcome = try await LabelClient(
                client: client,
                organization: input.organization,
                timeout: context.within(.seconds(30))
            )(input.clientID, operation, input.labels)
            return outcome.result(input.clientID, operation, input.organization)
        }
    }
}

extension LabelClient.Outcome {
    /// The labels that the call added or removed.
    var changed: [String] {
        let (old, new) = (Set(before), Set(after))
        return before.filter { !new.contains($0) } + after.filter { !old.contains($0) }
    }

    fileprivate func result(
        _ id: String,
        _ operation: LabelClient.Operation,
        _ organization: String?
    ) -> ToolResult {
        let what =
            changed.isEmpty
            ? "Nothing had to change for" : operation == .add ? "Labels were added to" : "Labels were removed from"
        let lines = "\(what) \(id). Before: \(Self.list(before)). Now: \(Self.list(after))."
        return .escaped(
            text: VisibleText.escape(lines),
            structured: [
                "org_id": .string(organization ?? "root"), "client_id": .string(id),
                "operation": .string(operation.rawValue), "labels_modified": .array(changed.map(JSONValue.string)),
                "labels_before": .array(before.map(JSONValue.string)),
                "current_labels": .array(after.map(JSONValue.string)),
            ]
        )
    }

    private static func list(_ labels: [String]) -> String {
        labels.isEmpty ? "no labels" : labels.joined(separator: ", ")
    }
}
