// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import JSONValue

/// What operations do with servers that were deployed. Each command calls the tool of the same purpose.
struct Deployments: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Look after the servers that were deployed from here.",
        discussion: """
            These are tools of the deployments plugin, which need not be switched on for assistants. What changes \
            something asks first; --yes agrees beforehand, as a timer's job has to.
            """,
        subcommands: [List.self, Show.self, Recover.self, Expire.self, Unlock.self]
    )

    /// What every command takes.
    struct Common: ParsableArguments {
        @OptionGroup var options: HostOptions

        @Flag(help: "Consent to whatever is asked. Needed where there is no terminal to ask at.")
        var yes = false

        @Flag(help: "Print the result as JSON.")
        var json = false

        func call(_ tool: String, _ arguments: JSONObject = [:]) throws {
            var settings = options.settings
            settings.allow(tool)
            try ToolCommand(settings: settings, agrees: yes, printsJSON: json).run(tool, .object(arguments))
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the deployments.")

        @OptionGroup var common: Common
        @Flag(help: "Those too that were destroyed.") var all = false

        func run() throws { try common.call("list_deployments", ["include_destroyed": .bool(all)]) }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show one deployment, and how it is now.")

        @OptionGroup var common: Common
        @Argument(help: "Its id.") var id: String

        func run() throws { try common.call("get_deployment_status", ["deployment_id": .string(id)]) }
    }

    struct Recover: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Finish what was interrupted.")

        @OptionGroup var common: Common
        @Argument(help: "Its id.") var id: String

        func run() throws { try common.call("recover_deployment", ["deployment_id": .string(id)]) }
    }

    struct Expire: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Destroy the deployments whose time is over, with their data."
        )

        @OptionGroup var common: Common

        func run() throws { try common.call("expire_deployments") }
    }

    struct Unlock: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Clear the lock of a deployment that nobody works on any more."
        )

        @OptionGroup var common: Common
        @Argument(help: "Its id.") var id: String
        @Flag(help: "Also where its owner may be alive, on a machine that is gone.") var force = false

        func run() throws {
            try common.call("unlock_deployment", ["deployment_id": .string(id), "force": .bool(force)])
        }
    }
}
