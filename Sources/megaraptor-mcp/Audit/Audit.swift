// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import AuditLog
import AuditReview
import Catalog
import MegaraptorErrors

/// Looks at the record of calls.
struct Audit: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check and show the record of calls.",
        subcommands: [Verify.self, Show.self]
    )

    /// Which log is meant.
    struct Place: ParsableArguments {
        @Option(help: "The operator's configuration, which may name the log. Also MEGARAPTOR_CONFIG.")
        var config: String?

        @Option(help: "The log itself, such as a copy of it. Its closed files and its head lie beside it.")
        var file: String?

        func reader() throws -> AuditReader {
            if let file { return try AuditReader(AuditTrail(path: file)) }
            let environment = RunningProgram.environment
            let configuration = try HostSettings(config: config).configuration(environment)
            return try AuditReader(AuditTrail(configuration.audit, environment))
        }
    }
}
