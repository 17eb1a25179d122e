// SPDX-License-Identifier: Apache-2.0

import DeploymentKit
import Glibc
import JSONValue
import MegaraptorErrors
import MegaraptorPluginKit

/// A rollout that may begin, or go on: locked, written nowhere yet, with all that it needs.
struct InstallPlan: Sendable {
    let store: RolloutStore
    let lock: RolloutLock
    var record: RolloutRecord
    let enrolment: Enrolment
    let program: AgentProgram

    init(_ input: InstallInput, _ core: AgentsCore, _ context: CallContext) async throws(MegaraptorError) {
        let deployment = try DeploymentID(input.deploymentID)
        store = try await core.rollouts(deployment)
        if let text = input.rolloutID {
            let id = try RolloutID(text)
            // Looked at before it is locked, so that a mistaken id leaves nothing behind.
            _ = try store.record(id)
            lock = try RolloutLock(folder: store.folder, for: id)
            record = try store.record(id)
            try Self.check(input, against: record)
            record.login = input.login.filled(from: record.login)
            enrolment = try await core.enrolment(deployment.text, labels: record.labels, for: context)
            program = try await Self.sameProgram(record)
            return
        }
        guard input.retryFailed != true else {
            throw MegaraptorError(
                .invalidArgument,
                "retry_failed needs rollout_id.",
                hint: "list_agent_rollouts tells the ids. A new rollout tries every target anyway."
            )
        }
        guard let texts = input.targets else {
            throw MegaraptorError(.invalidArgument, "No targets are named.", hint: "Name them, or give rollout_id.")
        }
        let targets = try SSHTarget.all(texts, user: input.login.username, port: input.login.port ?? 22)
        let system = input.targetOS ?? .linux
        enrolment = try await core.enrolment(deployment.text, labels: input.labels ?? [], for: context)
        program = try await Self.program(input.program, system, enrolment)
        let id = RolloutID.make()
        lock = try RolloutLock(folder: store.folder, for: id)
        record = RolloutRecord(
            id: id.text,
            deployment: deployment.text,
            kind: .install,
            login: input.login,
            system: system,
            program: RolloutRecord.Program(path: program.path, sha256: program.sha256),
            labels: input.labels ?? [],
            started: ISO8601.string(unixSeconds: Int64(time(nil))),
            hosts: targets.map { HostRecord($0) }
        )
    }

    var system: AgentSystem { record.system ?? .linux }

    /// A rollout is one thing to the same machines; anything else is a new one.
    private static func check(_ input: InstallInput, against record: RolloutRecord) throws(MegaraptorError) {
        func refused(_ what: String) -> MegaraptorError {
            MegaraptorError(
                .invalidArgument,
                "The rollout \(record.id) \(what).",
                hint: "Leave rollout_id out to begin a new one: it changes only what differs."
            )
        }
        guard record.kind == .install else { throw refused("is a removal") }
        guard input.targets.map({ Set($0) == Set(record.hosts.map(\.target.text)) }) ?? true else {
            throw refused("is for other targets")
        }
        guard input.targetOS ?? record.system == record.system else { throw refused("is for another target_os") }
        guard input.labels ?? record.labels == record.labels else { throw refused("has other labels") }
        guard input.program ?? record.program?.path == record.program?.path else {
            throw refused("has another program")
        }
    }

    private static func program(
        _ path: String?,
        _ system: AgentSystem,
        _ enrolment: Enrolment
    ) async throws(MegaraptorError) -> AgentProgram {
        guard let path = path ?? (system == .linux ? enrolment.program?.path : nil) else {
            throw MegaraptorError(
                .invalidArgument,
                "No program for \(system.rawValue) is given.",
                hint:
                    "download_velociraptor stores one and tells its path: linux-amd64-musl, linux-arm64, darwin-arm64, …"
            )
        }
        let program = try await AgentProgram(examining: path)
        guard program.system == (system == .linux ? .linux : .macos) else {
            throw MegaraptorError(
                .invalidArgument,
                "\(path) is for \(program.system.rawValue), and the rollout for \(system.rawValue).",
                hint: "download_velociraptor stores one for each platform: linux-amd64-musl, darwin-arm64, …"
            )
        }
        guard program.architecture != nil else {
            throw MegaraptorError(.invalidArgument, "\(path) does not tell for which processor it is.")
        }
        return program
    }

    /// The program of a rollout that goes on. Half of the machines must not get another one.
    private static func sameProgram(_ record: RolloutRecord) async throws(MegaraptorError) -> AgentProgram {
        guard let known = record.program else {
            throw MegaraptorError(.failedPrecondition, "The rollout \(record.id) names no program.")
        }
        let program = try await AgentProgram(examining: known.path)
        guard program.sha256 == known.sha256 else {
            throw MegaraptorError(
                .failedPrecondition,
                "\(known.path) is another program than the rollout \(record.id) began with.",
                hint: "Leave rollout_id out to begin a new rollout with it."
            )
        }
        return program
    }
}
