// SPDX-License-Identifier: Apache-2.0

extension ArtifactDefinition {
    private static let acting: Set<String> = [
        "EXECVE", "FILESYSTEM_WRITE", "SERVER_ADMIN", "COLLECT_CLIENT", "COLLECT_SERVER", "ARTIFACT_WRITER",
        "SERVER_ARTIFACT_WRITER", "DELETE_RESULTS", "ORG_ADMIN", "IMPERSONATION",
    ]

    /// Why it may do more than look; `nil` where nothing tells so. Artifacts say themselves what they need, and those
    /// that clean up or cut off are called remediation.
    var reasonToAsk: String? {
        if type == "server" { return "\(name) runs on the server itself" }
        if name.contains(".Remediation.") { return "\(name) changes the endpoint" }
        let needs = Set(permissions).intersection(Self.acting).sorted()
        return needs.isEmpty ? nil : "\(name) needs \(needs.joined(separator: " and "))"
    }
}
