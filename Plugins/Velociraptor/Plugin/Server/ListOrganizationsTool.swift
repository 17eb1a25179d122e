// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorPluginKit

private struct ListOrganizationsInput: ToolInput {
    var resultBytes: Int?

    private enum CodingKeys: String, CodingKey {
        case resultBytes = "max_result_bytes"
    }

    static let schema = Schema.object(.optional("max_result_bytes", .resultBytes))
}

extension VelociraptorPlugin {
    var organizationTools: [Tool] { [listOrganizations] }

    private static let organizationsOutput = Schema.object(
        Schema.page("orgs") + [.required("default_org_id", .string)]
    )

    private var listOrganizations: Tool {
        Tool(
            "list_orgs",
            title: "List organisations",
            description: """
                Lists the organisations (tenants) of the server with the org_id that other tools take, which one calls \
                use by default, and whether this key may read clients in each.
                """,
            toolset: "investigate",
            effects: .reads,
            outputSchema: Self.organizationsOutput
        ) { (input: ListOrganizationsInput, context: CallContext) in
            try await ListOrganizations(client: client, timeout: context.within(.seconds(30)))()
                .toolResult(context.budget(input.resultBytes))
        }
    }
}
