// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import JSONValue

/// A plan as an assistant and a person read it before they agree.
enum PlanReport {
    static func json(_ plan: DeploymentPlan, notes: [String] = []) -> JSONObject {
        [
            "digest": .string(plan.digest ?? ""), "steps": .array(plan.steps.map { .string($0.title) }),
            "changes": .array(plan.changes.map(json)),
            "exposure": .array(
                plan.exposure.map { port in
                    [
                        "purpose": .string(port.purpose), "address": .string(port.address),
                        "port": JSONValue(port.port),
                        "reach": .string(port.reach),
                    ]
                }
            ),
            "cost": ["class": .string(plan.cost.class.rawValue), "text": .string(plan.cost.text)],
            "warnings": .array((plan.warnings + notes).map(JSONValue.string)),
        ]
    }

    static func json(_ plan: RemovalPlan) -> JSONObject {
        [
            "digest": .string(plan.digest ?? ""), "steps": .array(plan.steps.map { .string($0.title) }),
            "removes": .array(plan.removes.map(DeploymentReport.json)),
            "keeps": .array(plan.keeps.map(DeploymentReport.json)),
            "warnings": .array(plan.warnings.map(JSONValue.string)),
        ]
    }

    private static func json(_ change: DeploymentPlan.Change) -> JSONValue {
        var object: JSONObject = [
            "action": .string(change.action.rawValue), "kind": .string(change.kind), "name": .string(change.name),
        ]
        if let note = change.note { object["note"] = .string(note) }
        return .object(object)
    }

    /// What a person is asked.
    static func question(_ title: String, _ checked: CheckedPlan) -> String {
        let plan = checked.plan
        var lines = [title]
        lines += plan.changes.map {
            "- \($0.action.rawValue) \($0.kind) \($0.name)" + ($0.note.map { " (\($0))" } ?? "")
        }
        lines += plan.exposure.map { "- \($0.purpose): \($0.address):\($0.port), \($0.reach)" }
        lines.append("Cost: \(plan.cost.text)")
        lines += (plan.warnings + checked.notes).map { "Note: \($0)" }
        return lines.joined(separator: "\n")
    }

    static func question(_ title: String, _ plan: RemovalPlan) -> String {
        var lines = [title]
        lines += plan.removes.map { "- remove \($0.kind) \($0.name)" }
        lines += plan.keeps.map { "- keep \($0.kind) \($0.name)" }
        lines += plan.warnings.map { "Note: \($0)" }
        return lines.joined(separator: "\n")
    }
}
