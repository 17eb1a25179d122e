// SPDX-License-Identifier: Apache-2.0

import DeploymentKit
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit

private struct GroupPolicyInput: ToolInput {
    var deploymentID: String
    var domainController: String?
    var labels: [String]?
    var program: String?
    var packager: String?
    var outputPath: String?

    private enum CodingKeys: String, CodingKey {
        case labels, program, packager
        case deploymentID = "deployment_id"
        case domainController = "domain_controller"
        case outputPath = "output_path"
    }

    static let usualLabel = "gpo-deployed"
    static let usualController = "DC01"

    static let schema = Schema.object(
        .required("deployment_id", .deploymentID),
        // It becomes part of paths, and of commands that are copied.
        .optional(
            "domain_controller",
            .string(pattern: "^[A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?$").described(
                "The name of the machine that shares the files, as the instructions write it."
            ).defaulting(to: .string(usualController))
        ),
        .optional("labels", .labels(usualLabel)),
        .optional(
            "program",
            .file("the vendor's MSI, as download_velociraptor stored it: windows-amd64.msi. Always needed.")
        ),
        .optional(
            "packager",
            .file(
                "a Velociraptor that runs on this machine; the MSI is then repacked with the configuration in it. Without"
                    + " one it stays signed, and a start-up script lays the configuration beside it."
            )
        ),
        .optional("output_path", .outputPath)
    )
}

extension AgentsPlugin {
    var groupPolicyTools: [Tool] {
        [
            Tool(
                "generate_gpo_package",
                title: "Agents by Group Policy",
                description: """
                    Makes a folder from which Group Policy installs agents on a domain's machines: the MSI, scripts, sums, \
                    and instructions as Markdown and HTML. Whoever has it can enrol: it holds the nonce.
                    """,
                toolset: Self.toolset,
                effects: Self.writing,
                outputSchema: .object(open: true)
            ) { (input: GroupPolicyInput, context: CallContext) in
                ToolResult(agents: try await groupPolicy(input, context))
            }
        ]
    }

    private func groupPolicy(
        _ input: GroupPolicyInput,
        _ context: CallContext
    ) async throws(MegaraptorError) -> JSONObject {
        let labels = input.labels ?? [GroupPolicyInput.usualLabel]
        let enrolment = try await core.enrolment(input.deploymentID, labels: labels, for: context)
        let request = try await GroupPolicyRequest(
            enrolment: enrolment,
            domainController: input.domainController ?? GroupPolicyInput.usualController,
            program: input.program,
            packager: input.packager
        )
        let folder = try ArtefactFolder(
            input.outputPath,
            usual: try await core.folder("\(enrolment.deploymentID)/windows-gpo")
        )
        let guide = try await GroupPolicyPackage(request: request, folder: folder)()
        return Self.answer(request, folder, guide, try await folder.seal())
    }

    private static func answer(
        _ request: GroupPolicyRequest,
        _ folder: ArtefactFolder,
        _ guide: GroupPolicyGuide,
        _ files: [Artefact]
    ) -> JSONObject {
        let package = files.first { $0.name == request.payload }
        let enrolment = request.enrolment
        let notes =
            request.isRepacked
            ? ["Repacking breaks the MSI's signature; the program inside stays signed. Sign it again where needed."]
            : []
        return [
            "deployment_id": .string(enrolment.deploymentID), "os_type": "windows", "installer_type": "gpo",
            "folder": .string(folder.path), "file_path": package.map { .string($0.path) } ?? .null,
            "file_size": package.map { .integer($0.size) } ?? .null,
            "checksum": package.map { .string($0.sha256) } ?? .null, "config_embedded": .bool(request.isRepacked),
            "made_by": request.isRepacked ? "vendor" : "template", "server_url": .string(enrolment.serverURL),
            "ca_fingerprint": .string(enrolment.caFingerprint), "domain_controller": .string(request.domainController),
            "labels": .array(enrolment.labels.map(JSONValue.string)), "files": .array(files.map(\.json)),
            "instructions": .array(guide.steps.map(JSONValue.string)), "notes": .array(notes.map(JSONValue.string)),
            "holds_secret": true,
            "message": .string(
                "Made a package for Group Policy in \(folder.path), for agents of \(enrolment.serverURL). It holds the"
                    + " nonce with which anybody can enrol: hand it on as you would a password."
            ),
        ]
    }
}
