// SPDX-License-Identifier: Apache-2.0

import Cryptography
import JSONValue
import LinuxServer
import Machines
import MegaraptorErrors

extension StepRunner {
    /// Puts the configuration beside its place, has the program read it as the user that will run it, and only then
    /// lets it take the place of the old one.
    func putConfiguration() async throws(MegaraptorError) -> String {
        var marker = try await site.ownMarker()
        let facts = try await site.facts()
        let bytes = try site.localConfiguration()
        let digest = Hexadecimal.encode(try SHA256.digest(bytes))
        let (place, next) = (layout.config, InstallLayout.next(layout.config))
        let owner = "\(layout.user):\(try await site.group())"
        if facts.digest(place) == digest, marker.files[place] == digest {
            try await site.checkConfiguration(place, with: layout.binary)
            return "\(place) is there, unchanged, and the program accepts it."
        }
        if marker.files[place] == nil, facts.digest(place) != nil { throw site.foreign(place) }
        marker.files[next] = digest
        try await site.write(marker)
        try await site.root.put(bytes, at: next, owner: owner, mode: "0600")
        do throws(MegaraptorError) {
            try await site.checkConfiguration(next, with: layout.binary)
        } catch {
            try await site.run("removing \(next)", "rm -f \(try quoted(next))")
            throw error
        }
        if let old = facts.digest(place) { marker.files[InstallLayout.previous(place)] = old }
        marker.files[place] = digest
        try await site.write(marker)
        try await site.run("putting \(place) in place", try Self.replace(place, by: next, isBackedUp: true))
        marker.files[next] = nil
        try await site.write(marker)
        return "\(place) is in place, and the program accepts it."
    }

    /// A script that moves `next` over `place`, which stays beside it if it is to be kept.
    static func replace(_ place: String, by next: String, isBackedUp: Bool) throws(MegaraptorError) -> String {
        let (place, next, previous) = (try quoted(place), try quoted(next), try quoted(InstallLayout.previous(place)))
        let backup = isBackedUp ? "if [ -e \(place) ]; then ln -f \(place) \(previous); fi; " : ""
        return "set -e; \(backup)mv -f \(next) \(place)"
    }

    /// Starts the server with its new configuration; one that does not come up gets the old one back.
    func takeOver(_ details: JSONValue) async throws(MegaraptorError) -> String {
        do throws(MegaraptorError) {
            _ = try await restart(details)
            _ = try await awaitReady()
            return "The server is ready with its new configuration."
        } catch {
            guard error.code != .cancelled, error.code != .unavailable else { throw error }
            throw try await backToOldConfiguration(after: error)
        }
    }

    private func backToOldConfiguration(after failure: MegaraptorError) async throws(MegaraptorError) -> MegaraptorError
    {
        var marker = try await site.ownMarker()
        let previous = InstallLayout.previous(layout.config)
        guard let old = try await site.facts().digest(previous), marker.files[previous] == old else { return failure }
        marker.files[layout.config] = old
        try await site.write(marker)
        try await site.run(
            "putting the old configuration back",
            try Self.replace(layout.config, by: previous, isBackedUp: false)
        )
        marker.files[previous] = nil
        try await site.write(marker)
        return try await wentBack("The new configuration does not work", "the old configuration", failure)
    }

    /// Starts what was put back, and tells how it all went.
    func wentBack(
        _ what: String,
        _ old: String,
        _ failure: MegaraptorError
    ) async throws(MegaraptorError) -> MegaraptorError {
        try await site.run("starting \(layout.unitName) anew", Script(site.restartScript, timeLimit: .seconds(120)))
        var told = failure
        told.code = .failedPrecondition
        do throws(MegaraptorError) {
            _ = try await Readiness(site: site).wait()
            told.message = "\(what): \(failure.message) The server was put back to \(old) and is ready."
        } catch {
            told.message =
                "\(what): \(failure.message) \(old.prefix(1).uppercased())\(old.dropFirst()) was put back, but "
                + "the server is not ready with that either: \(error.message)"
        }
        return told
    }
}
