// SPDX-License-Identifier: Apache-2.0

import VelociraptorLab

/// The command line of the server program: flags before and after the words of the command.
struct ServerArguments {
    /// The command's words, such as `config show`.
    private(set) var command = ""
    /// What follows the command's words.
    private(set) var operands: [String] = []
    private(set) var values: [String: String] = [:]
    private(set) var flags: Set<String> = []

    /// Commands of the real program. Those that the lab has are in ``ServerProgram``.
    private static let commands: [String: [String]] = [
        "frontend": [], "version": [], "client": [], "gui": [], "query": [], "collector": [], "decrypt": [],
        "deaddisk": [], "unzip": [], "csv": [], "pool_client": [],
        "user": ["add", "show"], "acl": ["show", "grant"], "fs": ["ls", "cp", "cat", "zcat", "rm"],
        "config": ["show", "client", "api_client", "generate", "rotate_keys", "reissue_certs", "repack"],
        "debian": ["server", "client"], "rpm": ["server", "client"], "tools": ["show", "rm", "upload"],
        "artifacts": ["list", "show", "collect", "fetch", "reformat", "verify"], "vql": ["list", "export"],
    ]
    private static let valueFlags: Set<String> = ["--config", "--name", "--role", "--org", "--tempdir", "--logfile"]
    private static let plainFlags: Set<String> = [
        "--verbose", "--disable-panic-guard", "--nobanner", "--no-nobanner", "--debug", "--quiet",
    ]
    private static let short = ["-c": "--config", "-v": "--verbose"]

    init(_ words: [String]) throws(ServerFailure) {
        var rest = words[...]
        var names: [String] = []
        while let word = rest.popFirst() {
            if word.hasPrefix("-"), word != "-" {
                try readFlag(word, &rest)
            } else if isOpen(names) {
                names.append(try Self.known(word, after: names))
            } else {
                operands.append(word)
            }
        }
        command = names.joined(separator: " ")
        guard !names.isEmpty, !isOpen(names) else {
            throw Self.fault(names.isEmpty ? "command not specified" : "must select a subcommand of '\(command)'")
        }
    }

    /// Whether another word of the command must follow.
    private func isOpen(_ names: [String]) -> Bool {
        guard let first = names.first else { return true }
        return names.count == 1 && Self.commands[first]?.isEmpty == false
    }

    private static func known(_ word: String, after names: [String]) throws(ServerFailure) -> String {
        let choices = names.first.flatMap { commands[$0] } ?? Array(commands.keys)
        guard choices.contains(word) else { throw fault("expected command but got \"\(word)\"") }
        return word
    }

    private mutating func readFlag(_ word: String, _ rest: inout ArraySlice<String>) throws(ServerFailure) {
        let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
        let name = Self.short[parts[0]] ?? parts[0]
        if Self.plainFlags.contains(name), parts.count == 1 {
            flags.insert(name)
        } else if Self.valueFlags.contains(name) {
            guard let value = parts.count == 2 ? parts[1] : rest.popFirst() else {
                throw Self.fault("expected argument for flag '\(parts[0])'")
            }
            values[name] = value
        } else {
            let kind = word.hasPrefix("--") ? "long" : "short"
            throw Self.fault("unknown \(kind) flag '\(parts[0])'")
        }
    }

    private static func fault(_ message: String) -> ServerFailure { ServerFailure(message + ", try --help") }
}
