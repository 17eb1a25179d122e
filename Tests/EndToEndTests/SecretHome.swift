// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import MegaraptorErrors
import Testing

/// A user's folders for one test, and the `secrets` command in them.
struct SecretHome {
    let folder: ScratchFolder
    var path: String { folder.path }
    var store: String { "\(path)/data/megaraptor-mcp/secrets/store" }

    init() throws { folder = try ScratchFolder() }

    var environment: [String: String] {
        [
            "XDG_DATA_HOME": "\(path)/data", "XDG_CONFIG_HOME": "\(path)/config", "XDG_STATE_HOME": "\(path)/state",
        ]
    }

    struct Answer {
        let status: Int32?
        let output: String
        let error: String
    }

    func start(_ arguments: [String], _ variables: [String: String] = [:]) throws -> LineProcess {
        try LineProcess(Products.host, ["secrets"] + arguments, environment: environment.merging(variables) { $1 })
    }

    func run(_ arguments: [String], input: String = "", _ variables: [String: String] = [:]) async throws -> Answer {
        let process = try start(arguments, variables)
        if !input.isEmpty { try process.write(input) }
        process.closeInput()
        var lines: [String] = []
        while let line = await process.nextLine() { lines.append(line) }
        let status = await process.waitForEnd()
        return Answer(status: status, output: lines.joined(separator: "\n"), error: process.standardError)
    }

    func set(_ name: String, _ value: String, _ options: String...) async throws {
        let answer = try await run(["set", name] + options, input: value)
        try #require(answer.status == 0, "\(answer.error)")
    }
}
