// SPDX-License-Identifier: Apache-2.0

import JSONValue

/// What one command printed and how it ended.
struct CommandOutcome {
    var status: Int32?
    var output: String
    var errors: String
    var json: JSONValue { get throws { try JSONValue(json: output) } }

    /// Runs `megaraptor-mcp` with nothing to read.
    static func of(_ arguments: [String], environment: [String: String] = [:]) async throws -> CommandOutcome {
        let process = try LineProcess(Products.host, arguments, environment: environment)
        process.closeInput()
        var lines: [String] = []
        while let line = await process.nextLine() { lines.append(line) }
        let status = await process.waitForEnd()
        return CommandOutcome(
            status: status,
            output: lines.map { "\($0)\n" }.joined(),
            errors: process.standardError
        )
    }
}
