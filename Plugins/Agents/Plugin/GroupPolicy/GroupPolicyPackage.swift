// SPDX-License-Identifier: Apache-2.0

import DeploymentKit
import MegaraptorErrors
import WholeFiles

/// Makes a folder that a domain's machines are given their agents from.
struct GroupPolicyPackage: Sendable {
    let request: GroupPolicyRequest
    let folder: ArtefactFolder

    /// - Returns: the instructions that went into it.
    func callAsFunction() async throws(MegaraptorError) -> GroupPolicyGuide {
        if let packager = request.packager {
            try await repack(packager)
        } else {
            try folder.copy(request.program.path, as: request.payload)
            try folder.write(GroupPolicyRequest.config, request.enrolment.clientConfig)
            let script = GroupPolicyScript(payload: request.payload, sha256: request.program.sha256.uppercased())
            try folder.write(WindowsBundle.installScript, script.text)
        }
        try folder.write(WindowsBundle.removeScript, WindowsBundle.removal)
        let guide = GroupPolicyGuide(request: request)
        try folder.write(GroupPolicyRequest.markdown, guide.document.markdown)
        try folder.write(GroupPolicyRequest.html, guide.document.html)
        return guide
    }

    private func repack(_ packager: Packager) async throws(MegaraptorError) {
        let parts = try TemporaryFolder("\(folder.path).parts-")
        defer { parts.remove() }
        let config = "\(parts.path)/\(GroupPolicyRequest.config)"
        try PrivateFile.replace(config, with: Array(request.enrolment.clientConfig.utf8))
        try await packager.repack(
            installer: request.program.path,
            config: config,
            to: "\(folder.path)/\(request.payload)"
        )
    }
}
