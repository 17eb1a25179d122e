// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import DeploymentKit
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit

private struct DestroyInput: ToolInput {
    var deploymentID: String
    var confirm: Bool?
    var deleteData: Bool?
    var planDigest: String?

    private enum CodingKeys: String, CodingKey {
        case confirm
        case deploymentID = "deployment_id"
        case deleteData = "delete_data"
        case planDigest = "plan_digest"
    }

    static let schema = Schema.object(
        .required("deployment_id", .deploymentID),
        .optional("confirm", .boolean.defaulting(to: false).described("Without it only what would go is shown.")),
        .optional(
            "delete_data",
            .boolean.defaulting(to: false).described("Whether the datastore with its evidence goes too, for good.")
        ),
        .optional("plan_digest", .digest)
    )
}

private struct UpdateInput: ToolInput {
    var deploymentID: String
    var action: PlannedOperation
    var binary: String?
    var version: String?
    var options: JSONValue?
    var planDigest: String?

    private enum CodingKeys: String, CodingKey {
        case action, binary, version, options
        case deploymentID = "deployment_id"
        case planDigest = "plan_digest"
    }

    static let schema = Schema.object(
        .required("deployment_id", .deploymentID),
        .required(
            "action",
            .oneOf("restart", "update", "upgrade", "rollback").described(
                """
                restart; update: give it its files as they are now, and options; upgrade: another program; rollback: \
                the program before the latest upgrade.
                """
            )
        ),
        .optional(
            "binary",
            .string.with("maxLength", 4096).described("For upgrade: the new program, an absolute path.")
        ),
        .optional("version", .string(pattern: "^[0-9]+\\.[0-9]+\\.[0-9]+$")),
        .optional(
            "options",
            Schema(["type": "object"]).described(
                "For update and upgrade: the deployer's own inputs that change, such as agent_ranges; null takes one away."
            )
        ),
        .optional("plan_digest", .digest)
    )
}

private struct UnlockInput: ToolInput {
    var deploymentID: String
    var force: Bool?

    private enum CodingKeys: String, CodingKey {
        case force
        case deploymentID = "deployment_id"
    }

    static let schema = Schema.object(
        .required("deployment_id", .deploymentID),
        .optional("force", .boolean.defaulting(to: false))
    )
}

extension DeploymentsPlugin {
    /// Tools that change a deployment or take it away.
    var operationTools: [Tool] { [recover, update, destroy, unlock] }

    private var recover: Tool {
        Tool(
            "recover_deployment",
            title: "Recover a deployment",
            description: """
                After an interruption: looks what there really is, by labels and marks, brings the record up to it, and \
                goes on with the operation that was interrupted until it is done. Clears the lock of a process that is \
                gone. With nothing interrupted it only takes over what is there.
                """,
            toolset: Self.toolset,
            effects: Self.changing,
            asksFirst: false,
            outputSchema: Self.openObject
        ) { (input: DeploymentInput, context: CallContext) in
            let id = try DeploymentID(input.deploymentID)
            let wait = try await Recovering(core: core, context: context)(id)
            return ToolResult(deployment: try await answer(wait, id))
        }
    }

    private var update: Tool {
        Tool(
            "update_deployment",
            title: "Restart, update or upgrade a deployment",
            description: """
                Restarts a deployed server, gives it its files anew, or another version of the program, and waits until \
                it answers again. An upgrade that does not come up goes back to the former program.
                """,
            toolset: Self.toolset,
            effects: Self.changing,
            asksFirst: false,
            outputSchema: Self.openObject
        ) { (input: UpdateInput, context: CallContext) in
            let id = try DeploymentID(input.deploymentID)
            let wishes = Wishes(binary: input.binary, version: input.version, options: input.options)
            let wait = try await Changing(core: core, context: context).carryOut(
                input.action,
                id,
                wishes,
                digest: input.planDigest
            )
            return ToolResult(deployment: try await answer(wait, id))
        }
    }

    private var destroy: Tool {
        Tool(
            "destroy_deployment",
            title: "Destroy a deployment",
            description: """
                Takes a deployed server away: only what its deployment made, verified to be gone, its keys last. \
                Without confirm it only shows what would go and what would stay. The datastore with its evidence stays \
                unless delete_data is set.
                """,
            toolset: Self.toolset,
            effects: Self.changing,
            asksFirst: false,
            outputSchema: Self.openObject
        ) { (input: DestroyInput, context: CallContext) in
            let id = try DeploymentID(input.deploymentID)
            let changing = Changing(core: core, context: context)
            let wishes = Wishes(deleteData: input.deleteData == true)
            guard input.confirm == true else {
                var plan = try await changing.plan(.destroy, id, wishes)
                plan["status"] = "not_confirmed"
                plan["message"] = "Nothing was done. Call again with confirm to destroy what is listed under removes."
                return ToolResult(deployment: plan)
            }
            let wait = try await changing.carryOut(.destroy, id, wishes, digest: input.planDigest)
            return ToolResult(deployment: try await answer(wait, id))
        }
    }

    private var unlock: Tool {
        Tool(
            "unlock_deployment",
            title: "Clear a deployment's lock",
            description: """
                Clears the lock of a deployment whose owner is gone, and nothing else; recover_deployment does so too and \
                then puts right what was left. With force also where the owner may be alive, on a machine that is gone.
                """,
            toolset: Self.toolset,
            effects: Tool.Effects(readOnly: false, destructive: true, idempotent: true, openWorld: false),
            outputSchema: Self.openObject
        ) { (input: UnlockInput, _) in
            let id = try DeploymentID(input.deploymentID)
            let store = try await core.store()
            _ = try store.record(id)
            let owner = try store.unlock(id, evenIfAlive: input.force == true)
            return ToolResult(
                structured: [
                    "deployment_id": .string(id.text), "cleared": .bool(owner != nil),
                    "message": .string(owner.map { "The lock of \($0.words) was cleared." } ?? "It was not locked."),
                ]
            )
        }
    }
}
