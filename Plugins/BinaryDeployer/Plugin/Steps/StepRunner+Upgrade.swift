// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import JSONValue
import LinuxServer
import Machines
import MegaraptorErrors

extension StepRunner {
    /// The new program lies beside the old one, and reads the configuration, before anything is changed.
    func stageProgram() async throws(MegaraptorError) -> String {
        var marker = try await site.ownMarker()
        let program = try site.program()
        let next = InstallLayout.next(layout.binary)
        let facts = try await site.facts()
        guard facts.digest(layout.binary) != program.sha256 else { return "The program is in place already." }
        try await site.claim(next, program.sha256, &marker)
        try await upload(program, to: next)
        do throws(MegaraptorError) {
            try await site.checkConfiguration(layout.config, with: next)
        } catch {
            try await site.run("removing \(next)", "rm -f \(try quoted(next))")
            marker.files[next] = nil
            try await site.write(marker)
            throw error
        }
        return "The program of version \(program.version) lies beside the old one and accepts the configuration."
    }

    func switchProgram(_ details: JSONValue) async throws(MegaraptorError) -> String {
        var marker = try await site.ownMarker()
        let program = try site.program()
        let facts = try await site.facts()
        let (place, next) = (layout.binary, InstallLayout.next(layout.binary))
        if facts.digest(place) != program.sha256 {
            if marker.files[place] != program.sha256 {
                marker.files[InstallLayout.previous(place)] = facts.digest(place)
                marker.files[place] = program.sha256
                (marker.previousVersion, marker.version) = (marker.version, program.version)
                try await site.write(marker)
            }
            try await site.run("putting the program in place", try Self.replace(place, by: next, isBackedUp: true))
        }
        marker.files[next] = nil
        try await site.write(marker)
        do throws(MegaraptorError) {
            _ = try await restart(details)
            let message = try await awaitReady()
            return "Version \(program.version) is in place. \(message)"
        } catch {
            guard error.code != .cancelled, error.code != .unavailable else { throw error }
            throw try await backToOldProgram(after: error)
        }
    }

    /// Changes places between the program and the one before it, once.
    func switchBack(_ details: JSONValue) async throws(MegaraptorError) -> String {
        var marker = try await site.ownMarker()
        let facts = try await site.facts()
        let (place, previous) = (layout.binary, InstallLayout.previous(layout.binary))
        let wanted = details["sha256"]?.stringValue ?? ""
        if facts.digest(place) != wanted {
            guard facts.digest(previous) == wanted else {
                throw MegaraptorError(
                    .conflict,
                    "The earlier program on \(site.machine.name) is not the one that was planned any more.",
                    hint: "Plan the rollback again."
                )
            }
            if marker.files[place] != wanted {
                marker.files[previous] = facts.digest(place)
                marker.files[place] = wanted
                (marker.version, marker.previousVersion) = (marker.previousVersion, marker.version)
            }
            marker.files[InstallLayout.next(place)] = marker.files[previous]
            try await site.write(marker)
            let (old, new) = (try quoted(previous), try quoted(place))
            try await site.run(
                "going back to the earlier program",
                "set -e; n=\(try quoted(InstallLayout.next(place))); ln -f \(new) \"$n\"; mv -f \(old) \(new)"
            )
        }
        // An interrupted exchange left the newer program under its name for the way.
        let keep =
            "if [ -e \(try quoted(InstallLayout.next(place))) ]; then "
            + "mv -f \(try quoted(InstallLayout.next(place))) \(try quoted(previous)); fi"
        try await site.run("keeping the newer program", keep)
        marker.files[InstallLayout.next(place)] = nil
        try await site.write(marker)
        _ = try await restart(details)
        return "Version \(marker.version ?? "of before") is in place. \(try await awaitReady())"
    }

    private func backToOldProgram(after failure: MegaraptorError) async throws(MegaraptorError) -> MegaraptorError {
        var marker = try await site.ownMarker()
        let previous = InstallLayout.previous(layout.binary)
        guard let old = try await site.facts().digest(previous), marker.files[previous] == old else { return failure }
        marker.files[layout.binary] = old
        (marker.version, marker.previousVersion) = (marker.previousVersion, nil)
        try await site.write(marker)
        try await site.run(
            "putting the old program back",
            try Self.replace(layout.binary, by: previous, isBackedUp: false)
        )
        marker.files[previous] = nil
        try await site.write(marker)
        return try await wentBack("The new program does not work", "the old program", failure)
    }
}
