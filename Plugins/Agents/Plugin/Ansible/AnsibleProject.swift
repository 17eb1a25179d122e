// SPDX-License-Identifier: Apache-2.0

import DeploymentKit
import MegaraptorErrors

/// Writes the role, the playbooks and what belongs to them into a folder.
struct AnsibleProject: Sendable {
    static let secret = "group_vars/all/velociraptor.yml"
    static let role = "roles/velociraptor_agent"

    let request: AnsibleRequest

    /// All files that are text, by their paths.
    var texts: [String: String] {
        let (variables, shared) = (RoleVariables(request: request), RoleShared(platforms: request.platforms))
        let playbooks = Playbooks(request: request)
        var texts = [
            "ansible.cfg": Playbooks.settings, "deploy_agents.yml": Playbooks.deployment,
            "remove_agents.yml": Playbooks.removal, "inventory.example.yml": playbooks.inventory,
            Self.secret: playbooks.secret, "README.md": AnsibleGuide(request: request).document.markdown,
            "\(Self.role)/meta/main.yml": RoleShared.meta, "\(Self.role)/defaults/main.yml": variables.defaults,
            "\(Self.role)/vars/main.yml": variables.pinned, "\(Self.role)/tasks/main.yml": shared.tasks,
            "\(Self.role)/tasks/program.yml": RoleShared.program, "\(Self.role)/tasks/remove.yml": shared.removal,
            "\(Self.role)/handlers/main.yml": shared.handlers,
        ]
        for platform in request.platforms {
            let role = platform.role
            texts["\(Self.role)/tasks/\(platform.rawValue).yml"] = role.tasks
            texts["\(Self.role)/tasks/verify_\(platform.rawValue).yml"] = role.verification
            texts["\(Self.role)/tasks/remove_\(platform.rawValue).yml"] = role.removal
            for (name, text) in role.templates { texts["\(Self.role)/templates/\(name)"] = text }
        }
        if request.platforms.contains(.windows) { texts["requirements.yml"] = Playbooks.requirements }
        return texts
    }

    func write(into folder: ArtefactFolder) throws(MegaraptorError) {
        for (name, text) in texts { try folder.write(name, text) }
        for (platform, program) in request.programs {
            guard let name = request.fileName(platform) else { continue }
            try folder.copy(program.path, as: "\(Self.role)/files/\(name)")
        }
    }
}
