// SPDX-License-Identifier: Apache-2.0

import ChildProcesses
import Machines
import MegaraptorErrors

/// Runs scripts in this machine's `/bin/sh`, each in a process group of its own.
struct LocalShell: Sendable {
    let environment: [String: String]

    func run(_ script: Script) async throws(MegaraptorError) -> ScriptResult {
        let command = ChildCommand(
            ["/bin/sh", "-c", Script.preamble + script.text],
            environment: environment,
            input: script.input,
            outputLimit: script.outputLimit,
            timeLimit: script.timeLimit
        )
        let result = try await command.run()
        return ScriptResult(status: result.status, output: result.output, errors: result.errors)
    }
}
