// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import JSONValue
import PluginHost
import PluginTrust

extension Plugins {
    /// Ends a quarantine.
    struct Release: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let a plugin be opened again that crashed or hung.",
            discussion: """
                A plugin whose library has changed since needs no release. The exit status is 1 when the plugin was \
                not in quarantine.
                """
        )

        @Flag(help: "Print JSON.")
        var json = false

        @Argument(help: "The plugin's id.")
        var id: String

        func run() throws {
            let quarantine = Quarantine(folder: HostFolders(environment: RunningProgram.environment).quarantine)
            let released = try quarantine.release(id)
            if json {
                print(JSONValue.object(["id": .string(id), "was_in_quarantine": .bool(released)]).prettyJSON())
            } else {
                print(released ? "\(id) will be opened again." : "\(id) is not in quarantine.")
            }
            if !released { throw ExitCode(1) }
        }
    }
}
