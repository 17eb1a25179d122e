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

    init(_ wish: InstallWish, _ core: AgentsCore, _ context: CallContext) async throws(MegaraptorError) {
        let deployment = try DeploymentID(wish.deploymentID)
        store = try await core.rollouts(deployment)
        if let text = wish.rolloutID {
            let id = try RolloutID(text)
            // Looked at before it is locked, so that a mistaken id leaves nothing behind.
            _ = try store.record(id)
            lock = try RolloutLock(folder: store.folder, for: id)
            record = try store.record(id)
            try Self.check(wish, against: record)
            record.login = try wish.login.filled(from: record.login, record.id)
            enrolment = try await core.enrolment(deployment.text, labels: record.labels, for: context)
            program = try await Self.sameProgram(record)
            return
        }
        guard wish.retryFailed != true else {
            throw MegaraptorError(
                .invalidArgument,
                "retry_failed needs rollout_id.",
                hint: "list_agent_rollouts tells the ids. A new rollout tries every target anyway."
            )
        }
        guard let texts = wish.targets else {
            throw MegaraptorError(.invalidArgument, "No targets are named.", hint: "Name them, or give rollout_id.")
        }
        let targets = try MachineTarget.all(texts, user: wish.login.user, port: wish.login.port)
        let system = wish.system ?? .linux
        enrolment = try await core.enrolment(deployment.text, labels: wish.labels ?? [], for: context)
        program = try await Self.program(wish.program, system, enrolment)
        let id = RolloutID.make()
        lock = try RolloutLock(folder: store.folder, for: id)
        record = RolloutRecord(
            id: id.text,
            deployment: deployment.text,
            kind: .install,
            login: wish.login,
            system: system,
            program: RolloutRecord.Program(path: program.path, sha256: program.sha256),
            labels: wish.labels ?? [],
            tags: wish.tags ?? [],
            started: ISO8601.string(unixSeconds: Int64(time(nil))),
            hosts: targets.map { HostRecord($0) }
        )
    }

    var system: AgentSystem { record.system ?? .linux }

    /// A rollout is one thing to the same machines; anything else is a new one.
    private static func check(_ wish: InstallWish, against record: RolloutRecord) throws(MegaraptorError) {
        func refused(_ what: String) -> MegaraptorError {
            MegaraptorError(
                .invalidArgument,
                "The rollout \(record.id) \(what).",
                hint: "Leave rollout_id out to begin a new one: it changes only what differs."
            )
        }
        guard record.kind == .install else { throw refused("is a removal") }
        guard wish.targets.map({ Set($0) == Set(record.hosts.map(\.target.text)) }) ?? true else {
            throw refused("is for other targets")
        }
        guard wish.system ?? record.system == record.system else { throw refused("is for another target_os") }
        guard wish.labels ?? record.labels == record.labels else { throw refused("has other labels") }
        guard wish.tags ?? record.tags == record.tags else { throw refused("has other tags") }
        guard wish.program ?? record.program?.path == record.program?.path else {
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
                hint: "download_velociraptor stores one and tells its path: \(system.releases)."
            )
        }
        let program = try await AgentProgram(examining: path)
        guard system.programs.contains(program.system) else {
            throw MegaraptorError(
                .invalidArgument,
                "\(path) is for \(program.system.rawValue), and the rollout for \(system.rawValue).",
                hint: "download_velociraptor stores one that fits: \(system.releases)."
            )
        }
        // An MSI does not say it; the installer itself refuses what does not fit.
        guard program.architecture != nil || program.system == .windowsInstaller else {
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
