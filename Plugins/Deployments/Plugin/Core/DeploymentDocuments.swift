// SPDX-License-Identifier: Apache-2.0

import Certificates
import DeployerKit
import DeploymentKit
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit
import WholeFiles

/// Writes down for people how a deployment is set up and operated.
struct DeploymentDocuments: Sendable {
    let core: DeploymentCore
    let context: CallContext

    func callAsFunction(_ id: DeploymentID, to output: String?) async throws(MegaraptorError) -> JSONObject {
        let store = try await core.store()
        let record = try store.record(id)
        let folder = store.folder(id)
        var files = [ExportedFile(name: "README.md", text: try text(record, folder))]
        let authority = try PrivateFile.read(folder.caCertificate, limit: 1 << 20)
        if let authority {
            files.append(ExportedFile(name: "ca.crt", text: String(decoding: authority, as: UTF8.self)))
        }
        var notes: [String] = []
        let deployer = try await core.deployer(record.deployer.name, for: context)
        do throws(MegaraptorError) {
            files += try await deployer.export(record.request, format: "")
        } catch {
            guard error.code == .unsupported else { throw error }
            notes.append(error.message)
        }
        let target = if let output { try ExportFolder(output) } else { try ExportFolder(ours: "\(folder.path)/docs") }
        try target.write(files)
        return [
            "deployment_id": .string(id.text), "output_directory": .string(target.path),
            "files": .array(files.map { .string($0.name) }), "notes": .array(notes.map(JSONValue.string)),
        ]
    }

    private func text(_ record: DeploymentRecord, _ folder: DeploymentFolder) throws(MegaraptorError) -> String {
        let report = DeploymentReport(record: record, folder: folder)
        let specification = record.specification
        let profile = try DeploymentProfile.named(specification.profile)
        let expires = record.expires.map { "It is destroyed on \($0), with its data." } ?? "It does not expire."
        let resources = record.resources.map { "| \($0.kind) | \($0.name) | \($0.holdsData == true ? "data" : "") |" }
        let secrets = record.secrets.sorted { $0.key < $1.key }.map { "| \($0.key) | \($0.value) |" }
        return """
            # Velociraptor \(specification.name)

            Deployment `\(record.id)`, made \(record.created) by the deployer `\(record.deployer.name)`, profile \
            `\(profile.name)` (\(profile.summary)). \(expires)
            \(record.notes.caseNumber.map { "\nCase: \($0)\n" } ?? "")\(record.notes.description.map { "\n\($0)\n" } ?? "")
            ## Addresses

            | what | where | who should reach it |
            |---|---|---|
            | GUI | \(report.guiAddress) | administrators only |
            | agents | \(report.agentsAddress) | every endpoint |
            | API | \(specification.apiTarget) | the machine that runs the assistant's tools |

            The GUI shows a certificate of this deployment's own authority, `ca.crt`, for the name `VelociraptorServer`. \
            A browser warns until it trusts that file.

            ## Logging in

            User `\(record.administrator)`. The password was random; it is kept as a secret:

            | what | secret |
            |---|---|
            \(secrets.joined(separator: "\n"))

            ## Agents

            Each agent gets `client.config.yaml` of this deployment. It holds the enrolment secret: hand it out like a \
            password. Agents accept only servers with a certificate of `ca.crt`.

            ## What was made

            | kind | name | holds |
            |---|---|---|
            \(resources.joined(separator: "\n"))

            ## Looking after it

            * `get_deployment_status`, `get_deployment_logs`, `validate_deployment` tell how it is.
            * `rotate_certificates` before they expire; agents need nothing for it.
            * `update_deployment` restarts it or brings in another version of the program.
            * `recover_deployment` after anything was interrupted.
            * `destroy_deployment` takes it away; its data only with `delete_data`.

            """
    }
}
