// SPDX-License-Identifier: Apache-2.0

internal import Certificates
internal import DeployerKit
internal import DeploymentKit
internal import JSONValue
internal import MegaraptorErrors
public import MegaraptorPluginKit

/// Tells other plugins what an agent of a deployment needs: `deployment.enrolment/1`.
struct EnrolmentProvider: Sendable {
    let core: DeploymentCore

    /// Takes `{deployment_id, labels?}`. Answers with what the deployment is called, how its server is asked, and
    /// `client_config`, the YAML that agents enrol with. That text is secret, as the nonce is in it.
    ///
    /// - Throws: `failed_precondition` for a deployment without a server.
    func enrolment(_ json: JSONValue) async throws -> JSONValue {
        let id = try DeploymentID(json["deployment_id"]?.stringValue ?? "")
        let labels = (json["labels"]?.arrayValue ?? []).compactMap(\.stringValue)
        let store = try await core.store()
        let record = try store.record(id)
        let folder = store.folder(id)
        let client = try ClientConfigurationFile(core: core).client(of: record, in: folder, labels: labels)
        let pki = try ServerFiles(host: core.host, folder: folder).pki()
        var answer: JSONObject = [
            "deployment_id": .string(id.text), "name": .string(record.specification.name),
            "server_url": .string(client.serverURL), "hostname": .string(record.specification.hostname),
            "frontend_port": JSONValue(client.frontendPort), "labels": .array(client.labels.map(JSONValue.string)),
            "client_config": .string(try client.text()),
            "ca_fingerprint": .string(pki.authority.fingerprint), "api_config": .string(folder.apiClient),
            "frontend_certificate": .string(try pki.frontend.certificate.pem()),
        ]
        if let binary = record.specification.binary {
            var program: JSONObject = [
                "path": .string(binary.path), "sha256": .string(binary.sha256), "version": .string(binary.version),
            ]
            program["architecture"] = binary.architecture.map(JSONValue.string)
            answer["program"] = .object(program)
        }
        return .object(answer)
    }
}

extension DeploymentsPlugin {
    public var providers: [Provider] {
        [
            Provider(
                "deployments",
                interface: "deployment.enrolment/1",
                title: "Enrolment with deployed servers",
                description:
                    "What an agent of a deployed server needs: its configuration, and how the server is asked.",
                reading: [
                    "enrolment": { [core] arguments, _ in try await EnrolmentProvider(core: core).enrolment(arguments) }
                ],
                changing: [:]
            )
        ]
    }
}
