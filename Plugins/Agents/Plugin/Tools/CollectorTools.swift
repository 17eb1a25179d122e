// SPDX-License-Identifier: Apache-2.0

import DeploymentKit
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit

private struct CollectorInput: ToolInput {
    var artifacts: [String]?
    var artifactSet: ArtifactSet?
    var targetOS: AgentSystem?
    var parameters: JSONValue?
    var encryptOutput: Bool?
    var encryptionScheme: EncryptionChoice.Scheme?
    var publicKeyFile: String?
    var passwordSecret: String?
    var deploymentID: String?
    var packager: String?
    var program: String?
    var version: String?
    var cpuLimit: Int?
    var timeoutSeconds: Int?
    var outputPath: String?

    private enum CodingKeys: String, CodingKey {
        case artifacts, parameters, packager, program, version
        case artifactSet = "artifact_set"
        case targetOS = "target_os"
        case encryptOutput = "encrypt_output"
        case encryptionScheme = "encryption_scheme"
        case publicKeyFile = "public_key_file"
        case passwordSecret = "password_secret"
        case deploymentID = "deployment_id"
        case cpuLimit = "cpu_limit"
        case timeoutSeconds = "timeout_seconds"
        case outputPath = "output_path"
    }

    static let schema = Schema.object(
        .optional(
            "artifacts",
            .array(of: .string(pattern: "^[A-Za-z0-9_]+(\\.[A-Za-z0-9_]+)+$")).described(
                "What to collect, beside artifact_set. Only artifacts that are built into Velociraptor come along."
            )
        ),
        .optional(
            "artifact_set",
            .oneOf(
                "windows_quick",
                "windows_triage",
                "linux_quick",
                "linux_triage",
                "macos_quick",
                "macos_triage",
                "memory",
                "ransomware"
            ).described(
                "A choice for a purpose. ransomware is for windows; memory for windows, and for linux processes."
            )
        ),
        .optional("target_os", .oneOf("windows", "linux", "macos").defaulting(to: "windows")),
        .optional(
            "parameters",
            .object(open: true).described(
                "By artifact: its parameters as text, {\"Linux.Sys.Pslist\": {\"NAME\": \"x\"}}."
            )
        ),
        .optional("encrypt_output", .boolean.defaulting(to: false)),
        .optional(
            "encryption_scheme",
            .oneOf("x509", "pgp", "password").described(
                "With encrypt_output. Default: x509, to the deployment's server, which can then import it, or to"
                    + " public_key_file; password where password_secret is given."
            )
        ),
        .optional("public_key_file", .file("a certificate in PEM (x509) or an armoured public key (pgp).")),
        .optional(
            "password_secret",
            .string.with("maxLength", 100).described("The name of a kept secret; the password goes into the collector.")
        ),
        .optional("deployment_id", .deploymentID),
        .optional(
            "packager",
            .file(
                "a Velociraptor that runs on this machine and builds the collector. Without it only a kit is written."
            )
        ),
        .optional(
            "program",
            .file(
                "Velociraptor for the machines to collect from, of the packager's version. Default for linux: packager."
            )
        ),
        .optional("version", .string(pattern: "^[0-9]+\\.[0-9]+\\.[0-9]+$").described("Of program. Default: 0.77.2.")),
        .optional("cpu_limit", .integer(0...100).defaulting(to: 0).described("Per cent of a processor; 0: no limit.")),
        .optional("timeout_seconds", .integer(60...86_400).defaulting(to: 7200)),
        .optional("output_path", .outputPath)
    )
}

extension AgentsPlugin {
    var collectorTools: [Tool] {
        [
            Tool(
                "create_offline_collector",
                title: "Offline collector",
                description: """
                    Builds a program that collects artifacts on a machine without a network into an archive, which \
                    import_offline_collection loads. Needs a Velociraptor that runs here; else it writes a kit and says \
                    what is missing. Encryption is real: names of files, too.
                    """,
                toolset: Self.toolset,
                effects: Self.writing,
                outputSchema: .object(open: true)
            ) { (input: CollectorInput, context: CallContext) in
                ToolResult(agents: try await collector(input, context))
            }, importTool,
        ]
    }

    private func collector(_ input: CollectorInput, _ context: CallContext) async throws(MegaraptorError) -> JSONObject
    {
        let system = input.targetOS ?? .windows
        let artifacts = try Self.artifacts(input, system)
        var enrolment: Enrolment?
        if let id = input.deploymentID { enrolment = try await core.enrolment(id, for: context) }
        let encryption = try await encryption(input, enrolment)
        let packager = try await Packager.optional(input.packager)
        let program = try await program(input, system, packager)
        let specification = CollectorSpecification(
            system: system,
            artifacts: artifacts,
            parameters: try Self.parameters(input.parameters, artifacts),
            encryption: encryption,
            name: "velociraptor-collector-\(system.rawValue)",
            cpuLimit: input.cpuLimit ?? 0,
            timeoutSeconds: input.timeoutSeconds ?? 7200
        )
        let folder = try ArtefactFolder(
            input.outputPath,
            usual: try await core.folder("collectors/\(enrolment?.deploymentID ?? "any")-\(system.rawValue)")
        )
        var collector: String?
        if let packager, let program {
            collector = try await CollectorBuilder(
                packager: packager,
                program: program,
                version: input.version ?? "\(VelociraptorVersion.known)",
                specification: specification,
                folder: folder
            )()
        } else {
            try CollectorKit(specification: specification).write(to: folder)
        }
        let report = CollectorReport(specification: specification, collector: collector, folder: folder.path)
        try folder.write("README.md", report.guide)
        return report.answer(try await folder.seal(), deployment: enrolment?.deploymentID)
    }

    // MARK: - Inputs

    private static func artifacts(_ input: CollectorInput, _ system: AgentSystem) throws(MegaraptorError) -> [String] {
        var artifacts: [String] = []
        if let set = input.artifactSet {
            guard let own = set.artifacts(for: system) else {
                throw MegaraptorError(
                    .invalidArgument,
                    "The artifact_set \(set.rawValue) has nothing for \(system.rawValue).",
                    hint: "Name target_os, or choose a set of that system."
                )
            }
            artifacts = own
        }
        artifacts += (input.artifacts ?? []).filter { !artifacts.contains($0) }
        guard !artifacts.isEmpty else {
            throw MegaraptorError(
                .invalidArgument,
                "Nothing to collect is named.",
                hint: "Give artifacts or artifact_set."
            )
        }
        return artifacts
    }

    /// The vendor's program takes text only, and ignores what it does not know.
    private static func parameters(_ json: JSONValue?, _ artifacts: [String]) throws(MegaraptorError) -> JSONObject {
        guard let parameters = json?.objectValue else { return [:] }
        for (artifact, values) in parameters {
            guard artifacts.contains(artifact) else {
                throw MegaraptorError(.invalidArgument, "parameters names \(artifact), which is not collected.")
            }
            guard let values = values.objectValue, values.allSatisfy({ $0.value.stringValue != nil }) else {
                throw MegaraptorError(.invalidArgument, "The parameters of \(artifact) are not all text.")
            }
        }
        return parameters
    }

    private func encryption(
        _ input: CollectorInput,
        _ enrolment: Enrolment?
    ) async throws(MegaraptorError) -> CollectorEncryption {
        guard input.encryptOutput == true else {
            guard input.encryptionScheme == nil, input.publicKeyFile == nil, input.passwordSecret == nil else {
                throw MegaraptorError(
                    .invalidArgument,
                    "It is said how to encrypt, but not that it is wanted.",
                    hint: "Set encrypt_output to true."
                )
            }
            return .none
        }
        return try await EncryptionChoice(
            host: core.host,
            scheme: input.encryptionScheme,
            keyFile: input.publicKeyFile,
            passwordSecret: input.passwordSecret,
            serverCertificate: enrolment?.frontendCertificate
        )()
    }

    private func program(
        _ input: CollectorInput,
        _ system: AgentSystem,
        _ packager: Packager?
    ) async throws(MegaraptorError) -> String? {
        guard let packager else { return nil }
        let path = input.program ?? (system == .linux ? packager.path : nil)
        guard let path else {
            throw MegaraptorError(
                .invalidArgument,
                "No program for \(system.rawValue) is given, which the collector is made of.",
                hint: system == .windows
                    ? "download_velociraptor stores one: windows-amd64.exe."
                    : "For a Mac it is the file velociraptor-collector of the vendor's release."
            )
        }
        guard system != .macos else {
            _ = try await FileSum(path)
            return path
        }
        let program = try await AgentProgram(examining: path)
        let isFitting = system == .windows ? program.system == .windows : program.system == .linux
        guard isFitting else {
            throw MegaraptorError(
                .invalidArgument,
                "\(path) is for \(program.system.rawValue), and the collector for \(system.rawValue)."
            )
        }
        return path
    }
}
