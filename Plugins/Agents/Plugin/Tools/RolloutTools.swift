// SPDX-License-Identifier: Apache-2.0

import DeploymentKit
import JSONValue
import MegaraptorPluginKit

extension AgentsPlugin {
    /// Changes machines of others, and may replace or take away what is there.
    static let reaching = Tool.Effects(readOnly: false, destructive: true, idempotent: true, openWorld: true)

    var rolloutTools: [Tool] {
        [
            Tool(
                "deploy_agents_ssh",
                title: "Agents by SSH",
                description: """
                    Installs or upgrades Velociraptor's agent on Linux machines or Macs by SSH: program, protected \
                    configuration and service. Changes only what differs; one machine's failure stops no other. \
                    `enrolled` is true only where the server itself has seen the agent since. Passwords are given as \
                    names of kept secrets; host keys must be known. After a cancellation `cancelled` machines stopped \
                    after a step and `not_reached` ones were not begun: rollout_id goes on.
                    """,
                toolset: Self.toolset,
                effects: Self.reaching,
                outputSchema: .object(open: true)
            ) { (input: SSHInstallInput, context: CallContext) in
                ToolResult(agents: try await InstallRollout(core: core, context: context)(input.wish))
            },
            Tool(
                "deploy_agents_winrm",
                title: "Agents by WinRM",
                description: """
                    Installs or upgrades Velociraptor's agent on Windows machines by WinRM over TLS: the vendor's MSI, \
                    protected configuration and service. Changes only what differs; one machine's failure stops no \
                    other. `enrolled` is true only where the server itself has seen the agent since. Passwords are \
                    given as names of kept secrets; certificates are checked. rollout_id goes on after an interruption.
                    """,
                toolset: Self.toolset,
                effects: Self.reaching,
                outputSchema: .object(open: true)
            ) { (input: WinRMInstallInput, context: CallContext) in
                ToolResult(agents: try await InstallRollout(core: core, context: context)(input.wish))
            },
            Tool(
                "remove_agents",
                title: "Remove agents by SSH",
                description: """
                    Takes a deployment's agents off Linux machines or Macs by SSH. Without confirm it only shows what \
                    would go. An agent of another server is left as it is. The agent's key stays unless wiped, so that \
                    the machine keeps its client id.
                    """,
                toolset: Self.toolset,
                effects: Self.reaching,
                outputSchema: .object(open: true)
            ) { (input: SSHRemovalInput, context: CallContext) in
                ToolResult(agents: try await RemovalRollout(core: core, context: context)(input.wish))
            },
            Tool(
                "remove_agents_winrm",
                title: "Remove agents by WinRM",
                description: """
                    Takes a deployment's agents off Windows machines by WinRM, however they were installed. Without \
                    confirm it only shows what would go. An agent of another server is left as it is. The agent's key \
                    stays unless wiped, so that the machine keeps its client id.
                    """,
                toolset: Self.toolset,
                effects: Self.reaching,
                outputSchema: .object(open: true)
            ) { (input: WinRMRemovalInput, context: CallContext) in
                ToolResult(agents: try await RemovalRollout(core: core, context: context)(input.wish))
            },
            Tool(
                "list_agent_rollouts",
                title: "Rollouts of agents",
                description: """
                    Rollouts and removals of agents, latest first, with what became of each machine. One that was \
                    interrupted goes on with deploy_agents_ssh or deploy_agents_winrm and its rollout_id.
                    """,
                toolset: Self.toolset,
                effects: .reads,
                outputSchema: .object(open: true)
            ) { (input: ListInput, _: CallContext) in
                let includesFinished = input.includeFinished ?? true
                let list = RolloutList(core: core)
                return ToolResult(
                    agents: try await list(input.deploymentID, tag: input.tag, includesFinished: includesFinished)
                )
            },
        ]
    }
}

private struct ListInput: ToolInput {
    var deploymentID: String?
    var tag: String?
    var includeFinished: Bool?

    private enum CodingKeys: String, CodingKey {
        case tag
        case deploymentID = "deployment_id"
        case includeFinished = "include_finished"
    }

    static let schema = Schema.object(
        .optional("deployment_id", .deploymentID.described("Left out: of all.")),
        .optional("tag", .tag.described("Only those that bear it.")),
        .optional("include_finished", .boolean.defaulting(to: true).described("Also those that have ended."))
    )
}
