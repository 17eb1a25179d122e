// SPDX-License-Identifier: Apache-2.0

import Certificates
import DeployerKit
import DeploymentKit
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit
import VelociraptorQuery

/// Looks at a deployed server from all sides.
struct Validation: Sendable {
    let core: DeploymentCore
    let context: CallContext

    func callAsFunction(_ id: DeploymentID) async throws(MegaraptorError) -> JSONObject {
        let store = try await core.store()
        let record = try store.record(id)
        guard record.phase != .destroyed, record.phase != .creating else {
            throw MegaraptorError(
                .failedPrecondition,
                "The deployment \(id) is \(record.phase.rawValue), so there is no whole server to look at.",
                hint: record.phase == .creating ? "recover_deployment finishes what was interrupted." : ""
            )
        }
        let files = ServerFiles(host: core.host, folder: store.folder(id))
        var checks = try files.pki().checks(at: Moment.now.unixSeconds)
        checks += try await deployerChecks(record)
        checks += try await networkChecks(record, files)
        checks += try await apiChecks(record, files)
        checks.append(expiry(record))
        func count(_ status: DeploymentCheck.Status) -> Int { checks.count { $0.status == status } }
        return [
            "deployment_id": .string(id.text), "valid": .bool(count(.failed) == 0 && count(.unknown) == 0),
            "phase": .string(record.phase.rawValue),
            "summary": [
                "passed": JSONValue(count(.ok)), "warnings": JSONValue(count(.warning)),
                "failed": JSONValue(count(.failed)), "unknown": JSONValue(count(.unknown)),
            ],
            "checks": .array(checks.map(DeploymentReport.json)),
        ]
    }

    // MARK: - Its deployer

    private func deployerChecks(_ record: DeploymentRecord) async throws(MegaraptorError) -> [DeploymentCheck] {
        do throws(MegaraptorError) {
            let deployer = try await core.deployer(record.deployer.name, for: context)
            let status = try await deployer.status(record.request)
            let verdict: DeploymentCheck.Status =
                switch status.condition {
                case .running: .ok
                case .starting: .warning
                case .unknown: .unknown
                case .stopped, .degraded, .missing: .failed
                }
            let drift = status.drift.map { DeploymentCheck("drift", .warning, $0) }
            let none = DeploymentCheck("drift", .ok, "Everything is as it was planned.")
            return [DeploymentCheck("server", verdict, status.summary)] + status.checks
                + (drift.isEmpty && status.condition != .unknown ? [none] : drift)
        } catch {
            guard error.code != .cancelled else { throw error }
            return [DeploymentCheck("server", .unknown, "Its deployer could not be asked: \(error.message)")]
        }
    }

    // MARK: - Its API

    /// A name that no artifact of the server's own has.
    private static let mark = "Custom.Megaraptor.DatastoreCheck"
    private static let write = "SELECT artifact_set(definition=Definition) AS Written FROM scope()"
    private static let readBack = "SELECT name, description FROM artifact_definitions(names=Name)"
    private static let remove = "SELECT artifact_delete(name=Name) AS Removed FROM scope()"

    private func apiChecks(
        _ record: DeploymentRecord,
        _ files: ServerFiles
    ) async throws(MegaraptorError) -> [DeploymentCheck] {
        let carry: DeployerClient.Carrier = { [context] call throws(MegaraptorError) in try await context.call(call) }
        let queries = VelociraptorQueries(apiConfig: files.folder.apiClient, carry: carry)
        let answer: JSONValue
        do throws(MegaraptorError) {
            answer = try await queries.check()
        } catch {
            guard error.code != .cancelled else { throw error }
            return [DeploymentCheck("api", .failed, "\(error.message) \(error.hint)")]
        }
        let user = answer["user"]?.stringValue ?? ""
        var checks = [
            user == record.apiUser
                ? DeploymentCheck("api", .ok, "The API answers the key of \(user).")
                : DeploymentCheck("api", .failed, "The API takes the key of \(record.apiUser) for \"\(user)\".")
        ]
        checks.append(version(answer["server_version"]?.stringValue, record))
        checks.append(try await datastore(record, files, carry))
        return checks
    }

    private func version(_ found: String?, _ record: DeploymentRecord) -> DeploymentCheck {
        guard let found else { return DeploymentCheck("version", .unknown, "The server does not tell its version.") }
        guard let planned = record.specification.binary?.version, planned != ServerProgram.unknownVersion else {
            return DeploymentCheck("version", .ok, "The server is version \(found).")
        }
        return found == planned
            ? DeploymentCheck("version", .ok, "The server is version \(found), as planned.")
            : DeploymentCheck("version", .warning, "The server is version \(found); \(planned) was planned.")
    }

    /// Keeps an artifact of our own on the server, reads it back and takes it away again.
    private func datastore(
        _ record: DeploymentRecord,
        _ files: ServerFiles,
        _ carry: @escaping DeployerClient.Carrier
    ) async throws(MegaraptorError) -> DeploymentCheck {
        guard !context.isReadOnly else {
            return DeploymentCheck("datastore.writable", .unknown, "This server only reads, so nothing was written.")
        }
        do throws(MegaraptorError) {
            let value = "\(Moment.now.text) \(Lineage.make().prefix(8))"
            let definition = """
                name: \(Self.mark)
                description: \(value)
                type: SERVER
                sources:
                - query: SELECT * FROM scope()

                """
            let name: JSONObject = ["Name": .string(Self.mark)]
            let rows = try await APIUsers(files: files, carry: carry).asServer(record, try files.pki()) {
                queries throws(MegaraptorError) in
                _ = try await queries.change(Self.write, ["Definition": .string(definition)])
                let rows = try await queries.read(Self.readBack, name)
                _ = try await queries.change(Self.remove, name)
                return rows
            }
            guard rows.first?["description"]?.stringValue?.contains(value) == true else {
                return DeploymentCheck("datastore.writable", .failed, "What was written to the datastore is not there.")
            }
            return DeploymentCheck("datastore.writable", .ok, "A write to the datastore was read back.")
        } catch {
            guard error.code != .cancelled else { throw error }
            return DeploymentCheck("datastore.writable", .failed, error.message)
        }
    }

    // MARK: - Its end

    private func expiry(_ record: DeploymentRecord) -> DeploymentCheck {
        guard let text = record.expires, let end = Moment(text) else {
            return DeploymentCheck("auto_destroy", .ok, "It does not expire.")
        }
        let hours = (end.unixSeconds - Moment.now.unixSeconds) / 3600
        if hours < 0 { return DeploymentCheck("auto_destroy", .warning, "It expired on \(text) and is still there.") }
        return DeploymentCheck(
            "auto_destroy",
            hours < 24 ? .warning : .ok,
            "It is destroyed on \(text), in \(hours) hours."
        )
    }
}
