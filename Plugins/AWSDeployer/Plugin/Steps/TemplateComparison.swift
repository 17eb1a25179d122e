// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import JSONValue
import MegaraptorErrors
import YAMLSource

/// What differs between a stack and the template that it is to have.
struct TemplateComparison: Sendable {
    /// One for each resource that another one is to be, or that comes or goes.
    let changes: [DeploymentPlan.Change]
    /// Parameters with other values: their names, and both values.
    let parameters: [(name: String, present: String, wanted: String)]

    init(_ task: AWSTask, _ template: StackTemplate, _ stack: Stack) async throws(MegaraptorError) {
        parameters = Self.differences(stack, template.parameters)
        changes = Self.changes(
            from: try Self.resources(try await task.stacks.template(stack.id) ?? ""),
            to: try Self.resources(template.body),
            parameters: Set(parameters.map(\.name))
        )
    }

    /// - Parameter parameters: the names of those that get another value.
    static func changes(
        from present: JSONObject,
        to wanted: JSONObject,
        parameters: Set<String>
    ) -> [DeploymentPlan.Change] {
        var changes: [DeploymentPlan.Change] = []
        for (name, resource) in wanted {
            let type = resource["Type"]?.stringValue ?? ""
            if let former = present[name] {
                if isReplaced(former, resource, parameters) {
                    changes.append(.init(.replace, type, name))
                } else if former != resource {
                    changes.append(.init(.change, type, name))
                }
            } else {
                changes.append(.init(.create, type, name))
            }
        }
        for (name, resource) in present where wanted[name] == nil {
            let isRetained = resource["DeletionPolicy"]?.stringValue.map { $0 != "Delete" } ?? false
            changes.append(.init(isRetained ? .keep : .delete, resource["Type"]?.stringValue ?? "", name))
        }
        return changes
    }

    /// Of the types in the template: the properties that may become others, and then make another thing.
    private static let replacing = [
        "AWS::Route53::RecordSet": ["Name", "HostedZoneId"], "AWS::EC2::SecurityGroup": ["VpcId"],
    ]

    private static func isReplaced(_ former: JSONValue, _ new: JSONValue, _ parameters: Set<String>) -> Bool {
        (replacing[new["Type"]?.stringValue ?? ""] ?? []).contains { name in
            let property = new["Properties"]?[name]
            let isOfChanged = property?["Ref"]?.stringValue.map(parameters.contains) ?? false
            return isOfChanged || former["Properties"]?[name] != property
        }
    }

    /// Parameters with other values than wanted, sorted.
    static func differences(
        _ stack: Stack,
        _ wanted: [String: String]
    ) -> [(name: String, present: String, wanted: String)] {
        wanted.sorted { $0.key < $1.key }.compactMap { name, wanted in
            // The name of a public parameter, for which CloudFormation puts the image of the day.
            guard !wanted.hasPrefix("/aws/service/"), let value = stack.parameters[name], value != wanted else {
                return nil
            }
            return (name, value, wanted)
        }
    }

    static func resources(_ template: String) throws(MegaraptorError) -> JSONObject {
        try YAMLDocument.parse(template.utf8, file: "template.yaml").json["Resources"]?.objectValue ?? [:]
    }
}
