// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation

/// Feeds what comes from outside with mutations of what is right, from a seed that can be replayed.
///
/// The cases of a target run in a child. One that crashes or hangs it is named by its number and saved; the rest goes on
/// behind it.
@main
struct MegaraptorFuzz: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "megaraptor-fuzz",
        abstract: "Mutates protocol lines, manifests, VQL and plugins' answers, and looks for crashes and hangs.",
        discussion:
            "Targets: \(FuzzTargets.all.map(\.name).joined(separator: ", ")). The exit status is 1 for a finding."
    )

    @Argument(help: "The targets; without any all of them.")
    var targets: [String] = []

    @Option(help: "The same seed gives the same cases.")
    var seed: UInt64 = 1

    @Option(help: "How many cases each target gets.")
    var count = 20_000

    @Option(name: .customLong("case"), help: "Run this one case, in this process: for a debugger.")
    var single: Int?

    @Option(help: "How many seconds a case may take.")
    var patience = 10

    @Option(help: .hidden)
    var child: String?

    @Option(help: .hidden)
    var from = 0

    func validate() throws {
        for name in targets where FuzzTargets.named(name) == nil {
            throw ValidationError("There is no target \(name).")
        }
    }

    func run() throws {
        let chosen = targets.isEmpty ? FuzzTargets.all : targets.compactMap(FuzzTargets.named)
        if let child, let target = chosen.first {
            return try CaseCounter(file: child).run(target, seed: seed, cases: from..<count)
        }
        if let single {
            for target in chosen { try target.run(Mutator.bytes(target, seed: seed, number: single)) }
            return
        }
        var findings = 0
        for target in chosen {
            let supervisor = Supervisor(target: target.name, seed: seed, count: count, patience: patience)
            findings += try supervisor.run { Mutator.bytes(target, seed: seed, number: $0) }
        }
        if findings > 0 { throw ExitCode(1) }
    }
}
