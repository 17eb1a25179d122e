// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorPluginKit

private struct EstimateHuntInput: ToolInput {
    var includeLabels: [String]?
    var excludeLabels: [String]?
    var system: String?
    var activeDays: Int?
    var organization: String?

    private enum CodingKeys: String, CodingKey {
        case includeLabels = "include_labels"
        case excludeLabels = "exclude_labels"
        case system = "os_filter"
        case activeDays = "last_active_days"
        case organization = "org_id"
    }

    static let schema = Schema.object(
        .optional("include_labels", .labels),
        .optional("exclude_labels", .labels),
        .optional("os_filter", .huntSystem),
        .optional("last_active_days", .integer(1...3650).described("Count those seen within so many days too.")),
        .optional("org_id", .organization)
    )
}

extension Schema {
    static var labels: Schema {
        .array(of: .string.with("minLength", 1).with("maxLength", .integer(Int64(LabelNames.longest))))
            .with("maxItems", 100)
    }

    static var huntSystem: Schema { .oneOf("windows", "linux", "darwin").described("Cannot go with labels.") }
}

extension VelociraptorPlugin {
    private static let estimateOutput = Schema.object(
        open: true,
        .required("org_id", .string),
        .required("condition", Schema(["type": "object"])),
        .required("clients", .integer),
        .required("seen_within_1_day", .integer),
        .required("seen_within_7_days", .integer),
        .required("counted_by", .string)
    )

    var estimateHunt: Tool {
        Tool(
            EstimateHunt.name,
            title: "Estimate hunt",
            description: """
                Counts the clients that a hunt with these labels or this OS would reach, and how many of them were \
                seen within a day and a week. Creates nothing. Use it before create_hunt.
                """,
            toolset: "investigate",
            effects: .reads,
            outputSchema: Self.estimateOutput
        ) { (input: EstimateHuntInput, context: CallContext) in
            let condition = try HuntCondition(
                includedLabels: input.includeLabels ?? [],
                excludedLabels: input.excludeLabels ?? [],
                system: input.system
            )
            let estimate = try await EstimateHunt(
                client: client,
                organization: input.organization,
                timeout: context.within(.seconds(30))
            )(condition, activeDays: input.activeDays)
            var object: JSONObject = [
                "org_id": .string(input.organization ?? "root"), "condition": condition.json,
            ]
            for (key, value) in estimate.json { object[key] = value }
            return .escaped(
                text: """
                    A hunt on \(VisibleText.escape(condition.words)) would reach \(estimate.words)\
                    \(estimate.active.map { "; \($0) within \(input.activeDays ?? 0) days" } ?? ""). \
                    Counted by \(estimate.way) in organisation \(input.organization ?? "root").
                    """,
                structured: object
            )
        }
    }
}
