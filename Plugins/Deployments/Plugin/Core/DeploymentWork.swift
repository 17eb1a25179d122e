// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import DeploymentKit
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit
import VelociraptorQuery

/// Carries out the operation of a record, from wherever it stands to its end.
struct DeploymentWork: Sendable {
    let core: DeploymentCore
    /// The call that began it, which may end before; `nil` where none did.
    let context: CallContext?
    let store: DeploymentStore
    let deployer: DeployerClient

    /// Does all that is left, which may be nothing, and gives the lock back.
    ///
    /// - Parameter remarks: what is to be said before the outcome.
    func outcome(
        of record: DeploymentRecord,
        _ remarks: [String],
        releasing lock: DeploymentLock
    ) async -> RunningOperations.Outcome {
        defer { lock.release() }
        do throws(MegaraptorError) {
            var record = record
            let (sentence, more) = try await complete(&record)
            var result = DeploymentReport(record: record, folder: store.folder(try DeploymentID(record.id))).whole
            result["status"] = "done"
            result["message"] = .string((remarks + [sentence]).joined(separator: " "))
            for (key, value) in more { result[key] = value }
            return .success(result)
        } catch {
            return .failure(error)
        }
    }

    /// - Returns: what became of it in a sentence, and what else the answer holds.
    private func complete(_ record: inout DeploymentRecord) async throws(MegaraptorError) -> (String, JSONObject) {
        let folder = store.folder(try DeploymentID(record.id))
        let files = ServerFiles(host: core.host, folder: folder)
        guard let operation = record.operation else { return ("Nothing was interrupted.", [:]) }
        let isCreation = operation.kind == DeploymentOperation.create.rawValue
        // As long as no step has begun, nothing outside uses what was made.
        if operation.steps.allSatisfy({ $0.status == .waiting }) {
            if isCreation { try await files.make(for: &record) }
            if operation.renewsFiles == true { try await files.writeConfigurations(for: record) }
            try store.write(&record)
        }
        let runner = OperationRunner(
            store: store,
            deployer: deployer,
            report: { [context] place, count, title in context?.progress(Double(place), of: Double(count), title) },
            shouldStop: { Task.isCancelled }
        )
        try await runner.run(&record)
        var checks: [DeploymentCheck] = []
        if isCreation { checks = try await introduce(&record, files) }
        if operation.kind == OperationRecord.destroy { try await clear(&record, files) }
        if operation.kind == DeploymentOperation.rollback.rawValue {
            swap(&record.specification.binary, &record.formerBinary)
            if let former = record.formerOptions {
                (record.options, record.formerOptions) = (former, record.options)
            }
        }
        let sentence = Self.sentence(operation.kind, record, checks)
        try runner.finish(&record, message: sentence)
        var more: JSONObject = [:]
        if !checks.isEmpty { more["checks"] = .array(checks.map(DeploymentReport.json)) }
        if isCreation { more["admin_password_file"] = .string(folder.adminPassword) }
        return (sentence, more)
    }

    /// Makes the API's user and shows that it works. A server whose API cannot be reached from here is told, not hidden.
    private func introduce(
        _ record: inout DeploymentRecord,
        _ files: ServerFiles
    ) async throws(MegaraptorError) -> [DeploymentCheck] {
        let carry: DeployerClient.Carrier = { [core] call throws(MegaraptorError) in try await core.host.call(call) }
        do throws(MegaraptorError) {
            let roles = try Self.roles(record)
            try await APIUsers(files: files, carry: carry).make(
                try UserName(record.apiUser),
                roles,
                record,
                try files.pki()
            )
            let answer = try await VelociraptorQueries(apiConfig: files.folder.apiClient, carry: carry).check()
            let user = answer["user"]?.stringValue ?? ""
            guard user == record.apiUser else {
                throw MegaraptorError(.internal, "The API takes the key of \(record.apiUser) for that of \"\(user)\".")
            }
            let words = roles.map(\.rawValue).joined(separator: ", ")
            return [DeploymentCheck("api", .ok, "The API answers \(user), whose roles are \(words).")]
        } catch {
            return [
                DeploymentCheck(
                    "api",
                    .failed,
                    """
                    The server runs, and its API cannot be used from here yet: \(error.message) \
                    generate_api_credentials makes the user once it can.
                    """
                )
            ]
        }
    }

    private static func roles(_ record: DeploymentRecord) throws(MegaraptorError) -> [UserRole] {
        let names = record.inputs["api_roles"]?.arrayValue?.compactMap(\.stringValue) ?? DeploymentDraft.standardRoles
        return try names.map { name throws(MegaraptorError) in try UserRole.named(name) }
    }

    /// After the server itself is gone: its keys and secrets. Where its data was kept they stay too, because only they make
    /// a server of it again that its agents know.
    private func clear(_ record: inout DeploymentRecord, _ files: ServerFiles) async throws(MegaraptorError) {
        guard record.resources.isEmpty else { return }
        try files.removeKeys()
        for (purpose, name) in record.secrets.sorted(by: { $0.key < $1.key }) {
            do throws(MegaraptorError) {
                try await core.host.remove(secret: name)
            } catch {
                guard error.code == .notFound else { throw error }
            }
            record.secrets[purpose] = nil
        }
    }

    private static func sentence(_ kind: String, _ record: DeploymentRecord, _ checks: [DeploymentCheck]) -> String {
        switch kind {
        case OperationRecord.destroy:
            let kept = record.resources.map { "\($0.kind) \($0.name)" }.joined(separator: ", ")
            return kept.isEmpty
                ? "The deployment \(record.id) is gone; nothing of it is left."
                : "The server of \(record.id) is gone. Kept: \(kept), and the keys to make a server of it again."
        case DeploymentOperation.create.rawValue:
            return checks.contains { $0.status == .failed }
                ? "The server of \(record.id) runs, but not everything about it works: see checks."
                : "The server of \(record.id) runs and answers."
        default: return "\(kind) of \(record.id) is done; the server runs and answers."
        }
    }
}
