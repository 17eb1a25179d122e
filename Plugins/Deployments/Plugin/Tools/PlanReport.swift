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
}
