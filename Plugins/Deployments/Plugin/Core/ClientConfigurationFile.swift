// SPDX-License-Identifier: Apache-2.0

import Cryptography
import DeploymentKit
import JSONValue
import MegaraptorErrors
import WholeFiles

/// Writes the configuration that agents are given.
struct ClientConfigurationFile: Sendable {
    let core: DeploymentCore

    func callAsFunction(
        _ id: DeploymentID,
        labels: [String],
        json: Bool
    ) async throws(MegaraptorError) -> JSONObject {
        let store = try await core.store()
        let folder = store.folder(id)
        let client = try client(of: try store.record(id), in: folder, labels: labels)
        let text = try client.text(json ? .json : .yaml)
        let isUsual = labels.isEmpty && !json
        let path = isUsual ? folder.clientConfig : folder.path + "/" + (try Self.name(text, json))
        try PrivateFile.replace(path, with: Array(text.utf8))
        var answer = try ShownConfiguration(file: path).answer(json: json)
        answer["deployment_id"] = .string(id.text)
        answer["server_url"] = .string(client.serverURL)
        answer["labels"] = .array(client.labels.map(JSONValue.string))
        answer["sha256"] = .string(Hexadecimal.encode(try SHA256.digest(Array(text.utf8))))
        return answer
    }

    /// - Throws: `failed_precondition` for a deployment that is gone, or never came to a server.
    func client(
        of record: DeploymentRecord,
        in folder: DeploymentFolder,
        labels: [String]
    ) throws(MegaraptorError) -> ClientConfiguration {
        guard let layout = record.layout, record.phase != .destroyed else {
            throw MegaraptorError(.failedPrecondition, "The deployment \(record.id) has no server to enrol with.")
        }
        let files = ServerFiles(host: core.host, folder: folder)
        var client = try files.configuration(record, layout, try files.pki(), try files.nonces(), nil).client
        client.labels += labels.filter { !client.labels.contains($0) }
        return client
    }

    /// By its content, so that files for other labels stay.
    private static func name(_ text: String, _ json: Bool) throws(MegaraptorError) -> String {
        let digest = Hexadecimal.encode(try SHA256.digest(Array(text.utf8)))
        return "client-\(digest.prefix(12)).config.\(json ? "json" : "yaml")"
    }
}
