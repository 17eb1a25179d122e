// SPDX-License-Identifier: Apache-2.0

/// A permission that tools need beside that of running queries at all.
struct ToolNeed: Sendable {
    /// Alternatives: one of them will do. Servers tell the right to label by two names.
    let permissions: [String]
    let tools: [String]
    /// Whether the tools change something.
    let changes: Bool

    /// What every tool needs.
    static let query = "ANY_QUERY"

    static let all = [
        ToolNeed(
            permissions: ["READ_RESULTS"],
            tools: [
                "list_clients", "get_client_info", "list_artifacts", "get_artifact", "find_artifact", "get_flow_status",
                "list_flows", "wait_for_flow", "get_flow_logs", "list_flow_uploads", "get_flow_results",
                "get_hunt_results", "estimate_hunt", "list_hunts", "list_hunt_flows",
            ],
            changes: false
        ),
        ToolNeed(
            permissions: ["COLLECT_CLIENT"],
            tools: ["collect_artifact", "triage_client", "quarantine_client", "cancel_flow"],
            changes: true
        ),
        ToolNeed(permissions: ["LABEL_CLIENT", "LABEL_CLIENTS"], tools: ["label_client"], changes: true),
        ToolNeed(permissions: ["START_HUNT"], tools: ["create_hunt", "modify_hunt"], changes: true),
    ]

    func isMet(by held: Set<String>) -> Bool { !held.isDisjoint(with: permissions) }
}
