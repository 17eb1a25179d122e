// SPDX-License-Identifier: Apache-2.0

import AuditLog
import Catalog
import Cryptography
import Dispatch
import JSONValue
import Logging
import MCPServer
import MegaraptorErrors
import PluginHost
import PluginManifest
import Synchronization

/// Writes calls into the audit log.
///
/// What may change something does not begin before its record is on the disk. What only reads is recorded without
/// waiting for the disk, and goes on where it cannot be recorded.
final class AuditRecorder: CallRecorder {
    let trail: AuditTrail
    private let redactor: RecordRedactor
    private let digests: LibraryDigests
    private let logger: Logger
    /// Why the latest record could not be written; `nil` once one could again.
    private let failure = Mutex<MegaraptorError?>(nil)
    /// Where threads wait for the disk, so that those that run tasks do not.
    private let disk = DispatchQueue(label: "megaraptor.audit", attributes: .concurrent)

    init(
        _ trail: AuditTrail,
        _ host: PluginHost,
        redactor: RecordRedactor = RecordRedactor(),
        logger: Logger
    ) {
        self.trail = trail
        self.redactor = redactor
        self.logger = logger
        digests = LibraryDigests(host: host)
    }

    /// `nil` where operations have switched the record off.
    static func make(
        _ configuration: OperatorConfiguration,
        _ environment: [String: String],
        _ host: PluginHost,
        _ logger: Logger
    ) -> AuditRecorder? {
        guard configuration.audit.isOn else { return nil }
        return AuditRecorder(
            AuditTrail(configuration.audit, environment),
            host,
            redactor: RecordRedactor { [redactor = host.redactor] in redactor.redact($0) },
            logger: logger
        )
    }

    var lastFailure: MegaraptorError? { failure.withLock { $0 } }

    // MARK: - Recording

    func begin(_ call: CallDescription) async throws(MegaraptorError) -> End {
        let id = Hexadecimal.encode(Cryptography.randomBytes(8))
        do {
            try await write(try record("intent", id, call), isSynced: call.changes)
        } catch {
            note(error)
            if call.changes { throw Self.refusal(error) }
        }
        let start = ContinuousClock.now
        return { [self] outcome in
            let (seconds, attoseconds) = (ContinuousClock.now - start).components
            let milliseconds = Double(seconds) * 1000 + Double(attoseconds / 1_000_000_000_000) / 1000
            var record: JSONObject = [
                "kind": "result", "call": .string(id), "method": .string(call.method),
                "name": .string(redactor.redacted(call.target)), "outcome": .string(outcome.name),
                "duration_ms": JSONValue(milliseconds),
            ]
            if call.changes, let made = CreatedIDs.found(in: outcome.structuredContent) {
                record["ids"] = redactor.redacted(made)
            }
            await writeOrNote(record, isSynced: call.changes)
        }
    }

    func refused(_ call: CallDescription, _ outcome: CallOutcome) async {
        do {
            var record = try record("result", Hexadecimal.encode(Cryptography.randomBytes(8)), call)
            record["outcome"] = .string(outcome.name)
            await writeOrNote(record, isSynced: true)
        } catch {
            note(error)
        }
    }

    private func record(_ kind: String, _ id: String, _ call: CallDescription) throws(MegaraptorError) -> JSONObject {
        let arguments = JSONValue.object(call.arguments)
        return [
            "kind": .string(kind), "call": .string(id), "method": .string(call.method),
            "name": .string(redactor.redacted(call.target)), "plugin": .string(call.plugin),
            "plugin_sha256": .string(digests.digest(of: call.plugin)), "changes": .bool(call.changes),
            "rule": .string(call.rule), "consent": .string(call.consent.rawValue),
            "protocol": .string(call.version), "client": .string(redactor.redacted(call.client)),
            "arguments_sha256": .string(Hexadecimal.encode(try SHA256.digest(arguments.sorted.jsonBytes()))),
            "arguments": redactor.redacted(arguments),
        ]
    }

    private func write(_ record: JSONObject, isSynced: Bool) async throws(MegaraptorError) {
        let position = try trail.append(record)
        if isSynced {
            let outcome: Result<Void, MegaraptorError> = await withCheckedContinuation { continuation in
                disk.async { [trail] in
                    continuation.resume(returning: Result { () throws(MegaraptorError) in try trail.sync(position) })
                }
            }
            try outcome.get()
        }
        failure.withLock { $0 = nil }
    }

    private func writeOrNote(_ record: JSONObject, isSynced: Bool) async {
        do throws(MegaraptorError) {
            try await write(record, isSynced: isSynced)
        } catch {
            note(error)
        }
    }

    private func note(_ error: MegaraptorError) {
        let isNews = failure.withLock { failure in
            defer { failure = error }
            return failure != error
        }
        if isNews { logger.warning("calls cannot be recorded: \(error)") }
    }

    private static func refusal(_ error: MegaraptorError) -> MegaraptorError {
        MegaraptorError(
            error.code == .unavailable ? .unavailable : .failedPrecondition,
            "This may change something and cannot be recorded, so it was not done. \(error.message)",
            hint: error.hint,
            cause: error.cause,
            retryable: error.retryable
        )
    }
}

extension AuditTrail {
    convenience init(_ settings: OperatorConfiguration.AuditSettings, _ environment: [String: String]) {
        self.init(
            path: settings.file ?? HostFolders(environment: environment).state + "/audit/audit.jsonl",
            rotateBytes: settings.rotateBytes,
            keep: settings.keep
        )
    }
}
