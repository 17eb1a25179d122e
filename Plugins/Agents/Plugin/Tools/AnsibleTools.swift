// SPDX-License-Identifier: Apache-2.0

import DeploymentKit
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit

private struct AnsibleInput: ToolInput {
    var deploymentID: String
    var includeWindows: Bool?
    var includeLinux: Bool?
    var includeMacOS: Bool?
    var labels: [String]?
    var programLinux: String?
    var programWindows: String?
    var programMacOS: String?
    var outputPath: String?

    private enum CodingKeys: String, CodingKey {
        case labels
        case deploymentID = "deployment_id"
        case includeWindows = "include_windows"
        case includeLinux = "include_linux"
        case includeMacOS = "include_macos"
        case programLinux = "program_linux"
        case programWindows = "program_windows"
        case programMacOS = "program_macos"
        case outputPath = "output_path"
    }

    static let usualLabel = "ansible-deployed"

    static let schema = Schema.object(
        .required("deployment_id", .deploymentID),
        .optional("include_windows", .boolean.defaulting(to: true)),
        .optional("include_linux", .boolean.defaulting(to: true)),
        .optional("include_macos", .boolean.defaulting(to: true)),
        .optional("labels", .labels(usualLabel)),
        .optional(
            "program_linux",
            .file(
                "what goes into the role, with its sum pinned: linux-amd64-musl or linux-arm64. Without one, machines"
                    + " fetch the vendor's, and the role demands its sum of whoever runs it."
            )
        ),
        .optional("program_windows", .file("the same for Windows: windows-amd64.msi.")),
        .optional("program_macos", .file("the same for macOS: darwin-arm64 or darwin-amd64.")),
        .optional("output_path", .outputPath)
    )

    var platforms: [AgentSystem] {
        let included = [
            (AgentSystem.linux, includeLinux), (.windows, includeWindows), (.macos, includeMacOS),
        ]
        return included.filter { $0.1 ?? true }.map(\.0)
    }

    var programs: [AgentSystem: String] {
        var programs: [AgentSystem: String] = [:]
        programs[.linux] = programLinux
        programs[.windows] = programWindows
        programs[.macos] = programMacOS
        return programs
    }
}

extension AgentsPlugin {
    var ansibleTools: [Tool] {
        [
            Tool(
                "generate_ansible_playbook",
                title: "Agents by Ansible",
                description: """
                    Makes an Ansible role and playbooks that install, verify and remove agents on Linux, Windows and \
                    macOS. Whoever has its variables file can enrol: it holds the nonce, and is to be encrypted.
                    """,
                toolset: Self.toolset,
                effects: Self.writing,
                outputSchema: .object(open: true)
            ) { (input: AnsibleInput, context: CallContext) in
                ToolResult(agents: try await ansible(input, context))
            }
        ]
    }

    private func ansible(_ input: AnsibleInput, _ context: CallContext) async throws(MegaraptorError) -> JSONObject {
        let labels = input.labels ?? [AnsibleInput.usualLabel]
        let enrolment = try await core.enrolment(input.deploymentID, labels: labels, for: context)
        let request = try await AnsibleRequest(
            enrolment: enrolment,
            platforms: input.platforms,
            programs: input.programs
        )
        let folder = try ArtefactFolder(
            input.outputPath,
            usual: try await core.folder("\(enrolment.deploymentID)/ansible")
        )
        try AnsibleProject(request: request).write(into: folder)
        return Self.answer(request, folder, try await folder.seal())
    }

    private static func answer(_ request: AnsibleRequest, _ folder: ArtefactFolder, _ files: [Artefact]) -> JSONObject {
        let enrolment = request.enrolment
        let fetched = request.platforms.filter { request.programs[$0] == nil }.map(\.title)
        let notes =
            fetched.isEmpty
            ? []
            : [
                "For \(fetched.joined(separator: ", ")) the role holds no program and no sum. It fails until the sum is set."
            ]
        return [
            "deployment_id": .string(enrolment.deploymentID), "installer_type": "ansible",
            "platforms": .array(request.platforms.map { .string($0.rawValue) }), "folder": .string(folder.path),
            "playbook": .string("\(folder.path)/deploy_agents.yml"),
            "secret_file": .string("\(folder.path)/\(AnsibleProject.secret)"),
            "release": .string(request.release.description), "server_url": .string(enrolment.serverURL),
            "ca_fingerprint": .string(enrolment.caFingerprint),
            "labels": .array(enrolment.labels.map(JSONValue.string)), "files": .array(files.map(\.json)),
            "instructions": .array(AnsibleGuide(request: request).steps.map(JSONValue.string)),
            "notes": .array(notes.map(JSONValue.string)), "holds_secret": true,
            "message": .string(
                "Made playbooks in \(folder.path) for agents of \(enrolment.serverURL). \(AnsibleProject.secret) holds the"
                    + " nonce with which anybody can enrol: encrypt it with ansible-vault."
            ),
        ]
    }
}
