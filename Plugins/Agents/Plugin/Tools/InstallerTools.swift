// SPDX-License-Identifier: Apache-2.0

import DeploymentKit
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit

private struct InstallerInput: ToolInput {
    var deploymentID: String
    var osType: AgentSystem?
    var installerType: String?
    var labels: [String]?
    var program: String?
    var packager: String?
    var outputPath: String?

    private enum CodingKeys: String, CodingKey {
        case labels, program, packager
        case deploymentID = "deployment_id"
        case osType = "os_type"
        case installerType = "installer_type"
        case outputPath = "output_path"
    }

    static let schema = Schema.object(
        .required("deployment_id", .deploymentID),
        .optional("os_type", .oneOf("windows", "linux", "macos").defaulting(to: "windows")),
        .optional(
            "installer_type",
            .oneOf("msi", "deb", "rpm", "pkg", "bundle").described(
                "linux: deb (default) or rpm. windows: bundle (default; the vendor's file, the configuration, and scripts)"
                    + " or msi (repacked). macos: bundle. There is no pkg that macOS would accept."
            )
        ),
        .optional("labels", .labels()),
        .optional(
            "program",
            .file(
                "Velociraptor for those machines, as download_velociraptor stored it: linux-amd64-musl, windows-amd64.msi,"
                    + " darwin-arm64, … Default for linux: the deployment's own."
            )
        ),
        .optional(
            "packager",
            .file(
                "a Velociraptor that runs on this machine and packs the installer itself. Needed for msi; deb and rpm are"
                    + " otherwise made from this product's own templates."
            )
        ),
        .optional("output_path", .outputPath)
    )
}

extension AgentsPlugin {
    static let toolset = "agents"

    /// Writes files of its own and takes nothing of anybody's away.
    static let writing = Tool.Effects(readOnly: false, destructive: false, idempotent: true, openWorld: false)

    var installerTools: [Tool] {
        [
            Tool(
                "generate_agent_installer",
                title: "Installer for agents",
                description: """
                    Makes an installer that enrols machines with a deployed server: deb, rpm, a repacked MSI, or a folder \
                    for Windows or macOS, with sums and instructions. Whoever has it can enrol: it holds the nonce.
                    """,
                toolset: Self.toolset,
                effects: Self.writing,
                outputSchema: .object(open: true)
            ) { (input: InstallerInput, context: CallContext) in
                ToolResult(agents: try await installer(input, context))
            }
        ]
    }

    private func installer(_ input: InstallerInput, _ context: CallContext) async throws(MegaraptorError) -> JSONObject
    {
        let system = input.osType ?? .windows
        let kind = try InstallerKind.chosen(input.installerType, for: system)
        let enrolment = try await core.enrolment(input.deploymentID, labels: input.labels ?? [], for: context)
        let request = InstallerRequest(
            enrolment: enrolment,
            system: system,
            kind: kind,
            program: try await program(input.program, system, enrolment),
            packager: try await Packager.optional(input.packager)
        )
        try request.check()
        let folder = try ArtefactFolder(
            input.outputPath,
            usual: try await core.folder("\(enrolment.deploymentID)/\(system.rawValue)-\(kind.rawValue)")
        )
        let outcome = try await InstallerMaker(request: request, folder: folder)()
        let guide = InstallerGuide(request: request, package: outcome.package)
        try folder.write("README.md", guide.text)
        let files = try await folder.seal()
        return Self.answer(request, folder, outcome, guide, files)
    }

    private func program(
        _ path: String?,
        _ system: AgentSystem,
        _ enrolment: Enrolment
    ) async throws(MegaraptorError) -> AgentProgram {
        if let path { return try await AgentProgram(examining: path) }
        if system == .linux, let own = enrolment.program { return try await AgentProgram(examining: own.path) }
        throw MegaraptorError(
            .invalidArgument,
            "No program for \(system.rawValue) is given.",
            hint:
                "download_velociraptor stores one and tells its path: windows-amd64.msi, darwin-arm64, linux-amd64-musl."
        )
    }

    private static func answer(
        _ request: InstallerRequest,
        _ folder: ArtefactFolder,
        _ outcome: InstallerMaker.Outcome,
        _ guide: InstallerGuide,
        _ files: [Artefact]
    ) -> JSONObject {
        let package = files.first { $0.name == outcome.package }
        let what = outcome.package ?? "the folder \(folder.path)"
        return [
            "deployment_id": .string(request.enrolment.deploymentID), "os_type": .string(request.system.rawValue),
            "installer_type": .string(request.kind.rawValue), "folder": .string(folder.path),
            "file_path": package.map { .string($0.path) } ?? .null,
            "file_size": package.map { .integer($0.size) } ?? .null,
            "checksum": package.map { .string($0.sha256) } ?? .null, "config_embedded": .bool(package != nil),
            "made_by": .string(outcome.method), "version": .string(request.version),
            "server_url": .string(request.enrolment.serverURL),
            "labels": .array(request.enrolment.labels.map(JSONValue.string)),
            "files": .array(files.map(\.json)), "instructions": .array(guide.steps.map(JSONValue.string)),
            "notes": .array(outcome.notes.map(JSONValue.string)), "holds_secret": true,
            "message": .string(
                "Made \(what) for agents of \(request.enrolment.serverURL). It holds the nonce with which anybody can"
                    + " enrol: hand it on as you would a password."
            ),
        ]
    }
}
