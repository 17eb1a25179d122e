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
        let present = try Self.resources(try await task.stacks.template(stack.id) ?? "")
        let wanted = try Self.resources(template.body)
        var changes: [DeploymentPlan.Change] = []
        for (name, resource) in wanted {
            let type = resource["Type"]?.stringValue ?? ""
            if let former = present[name] {
                if former != resource { changes.append(.init(.change, type, name)) }
            } else {
                changes.append(.init(.create, type, name))
            }
        }
        for (name, resource) in present where wanted[name] == nil {
            let isRetained = resource["DeletionPolicy"]?.stringValue.map { $0 != "Delete" } ?? false
            changes.append(.init(isRetained ? .keep : .delete, resource["Type"]?.stringValue ?? "", name))
        }
        self.changes = changes
        parameters = Self.differences(stack, template.parameters)
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

    private static func resources(_ template: String) throws(MegaraptorError) -> JSONObject {
        try YAMLDocument.parse(template.utf8, file: "template.yaml").json["Resources"]?.objectValue ?? [:]
    }
}
