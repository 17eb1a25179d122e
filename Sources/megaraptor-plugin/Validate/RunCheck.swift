// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Glibc
import JSONValue
import MegaraptorErrors

/// Makes one check in this process. Started by ``Validate``, never by people.
struct RunCheck: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "run-check", shouldDisplay: false)

    @Argument var id: String
    @Argument var folder: String
    @Option var seed: UInt64
    @Flag var allTools = false

    func run() throws {
        guard let check = Check.named(id) else {
            throw MegaraptorError(.notFound, "There is no check \(id).")
        }
        Self.limitMemory()
        let subject = CheckSubject(folder: folder, seed: seed, callsEveryTool: allTools) { doing in
            Self.report(["doing": .string(doing)])
        }
        Self.report(check.finding(subject).json)
        // Calls that a bad plugin never ends must not keep the process.
        _exit(0)
    }

    private static func report(_ json: JSONValue) {
        let line = json.jsonBytes() + [UInt8(ascii: "\n")]
        _ = line.withUnsafeBytes { write(CheckChild.resultDescriptor, $0.baseAddress, $0.count) }
    }

    /// A plugin that allocates without end dies of it, and not the machine. No core files.
    private static func limitMemory() {
        var memory = rlimit(rlim_cur: 8 << 30, rlim_max: 8 << 30)
        setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &memory)
        var core = rlimit(rlim_cur: 0, rlim_max: 0)
        setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &core)
    }
}
