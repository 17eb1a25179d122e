// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import JSONValue
import LinuxServer
import Machines
import MegaraptorErrors

extension Site {
    /// What is ours there; `nil` where there is no marker.
    ///
    /// - Throws: `conflict` for another deployment's.
    func marker() async throws(MegaraptorError) -> DeploymentMarker? {
        let path = try quoted(layout.marker)
        let result = try await run("reading \(layout.marker)", "if [ -e \(path) ]; then cat \(path); fi")
        guard !result.output.isEmpty else { return nil }
        let marker: DeploymentMarker
        do {
            marker = try DeploymentMarker(text: result.output)
        } catch {
            throw notUnderstood("\(error)")
        }
        guard marker.format == 1 else { throw notUnderstood("its format is \(marker.format), not 1") }
        guard marker.deployment == deployment.id else {
            throw MegaraptorError(
                .conflict,
                "\(machine.name) has the deployment \(marker.deployment) in \(layout.configFolder).",
                hint: "Destroy that one first, or give this one an instance name."
            )
        }
        return marker
    }

    private func notUnderstood(_ cause: String) -> MegaraptorError {
        MegaraptorError(
            .conflict,
            "\(layout.marker) on \(machine.name) cannot be understood, so it is not clear what is whose.",
            hint: "Look at the file; a later version of this product may have written it.",
            cause: cause
        )
    }

    /// Of this deployment, as the first step left it.
    func ownMarker() async throws(MegaraptorError) -> DeploymentMarker {
        if let marker = try await marker() { return marker }
        throw MegaraptorError(
            .failedPrecondition,
            "There is nothing of the deployment \(deployment.id) on \(machine.name).",
            hint: "Begin with its first step."
        )
    }

    func write(_ marker: DeploymentMarker) async throws(MegaraptorError) {
        let text: String
        do {
            text = try marker.json.sorted.prettyJSON() + "\n"
        } catch {
            throw MegaraptorError(.internal, "The marker cannot be written: \(error).")
        }
        try await root.put(Array(text.utf8), at: layout.marker, owner: "root:root", mode: "0600")
    }

    /// Says of a file that it is ours, before it is.
    func claim(_ path: String, _ sha256: String, _ marker: inout DeploymentMarker) async throws(MegaraptorError) {
        guard marker.files[path] != sha256 else { return }
        if marker.files[path] == nil, try await exists(path) { throw foreign(path) }
        marker.files[path] = sha256
        try await write(marker)
    }

    func exists(_ path: String) async throws(MegaraptorError) -> Bool {
        try await attempt(Script("[ -e \(try quoted(path)) ] || [ -L \(try quoted(path)) ]")).isSuccess
    }

    func foreign(_ path: String) -> MegaraptorError {
        MegaraptorError(
            .conflict,
            "\(path) is on \(machine.name) already, and this deployment did not put it there. It was left as it is.",
            hint: "Remove it if nobody needs it, or give this deployment an instance name or other paths."
        )
    }
}
