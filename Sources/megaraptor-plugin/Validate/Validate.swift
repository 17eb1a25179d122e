// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Glibc
import JSONValue
import MegaraptorErrors
import PluginManifest

/// Holds a plugin against the contract.
struct Validate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check a plugin against everything that the contract asks of it.",
        discussion: """
            Each check runs in a process of its own, so that a plugin that crashes costs one line. Only tools that say
            of themselves that they only read are called, in an empty home and without the caller's environment.
            Prints PASS, FAIL, CRASH, SKIP or WARN for each check. The exit status is 1 after a FAIL or a CRASH.
            """
    )

    @Argument(help: "The plugin's folder, with plugin.yaml in it.")
    var folder: String

    @Flag(help: "Print JSON.")
    var json = false

    @Option(help: "Make only the checks whose name a regular expression is found in, such as '^calls'.")
    var only: String?

    @Flag(help: "Make the checks in this process, for a debugger.")
    var inProcess = false

    @Flag(help: "Call every tool, also those that change something.")
    var allTools = false

    @Option(help: "What random calls are made from. The same number makes the same calls.")
    var seed: UInt64?

    @Option(help: "After how many seconds a check is given up.")
    var timeLimit = 60

    func run() throws {
        guard let real = realpath(folder, nil) else {
            throw MegaraptorError(.notFound, "There is no folder \(folder).", hint: "Name the plugin's folder.")
        }
        defer { free(real) }
        let seed = seed ?? UInt64.random(in: 1...999_999)
        let checks = try selected()
        let report = try ValidationRun(
            folder: String(cString: real),
            seed: seed,
            callsEveryTool: allTools,
            inProcess: inProcess,
            timeLimit: .seconds(timeLimit),
            tell: json ? { _, _ in } : { print(ValidationReport.line($0, $1)) }
        ).make(checks)
        print(json ? report.json.prettyJSON() : report.summary)
        if report.isBad { throw ExitCode(1) }
    }

    private func selected() throws -> [Check] {
        guard let only else { return Check.all }
        let pattern: Regex<AnyRegexOutput>
        do {
            pattern = try Regex(only)
        } catch {
            throw ValidationError("--only \(only) is no regular expression: \(error)")
        }
        let chosen = Check.all.filter { $0.id.contains(pattern) }
        guard !chosen.isEmpty else {
            throw ValidationError(
                "No check has a name like \(only). There are: \(Check.all.map(\.id).joined(separator: ", "))."
            )
        }
        return chosen
    }
}
