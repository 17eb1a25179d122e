// SPDX-License-Identifier: Apache-2.0

public import ArgumentParser
import JSONValue
import MegaraptorErrors
public import SecretStore

/// Keeps what plugins need and nobody should read.
struct Secrets: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Keep passwords, tokens and keys that plugins use by name.",
        discussion: """
            They lie sealed in one file. Its key is a file too, made at the first use, or a passphrase: from the file \
            that --passphrase-file or MEGARAPTOR_SECRETS_PASSPHRASE_FILE names, or from MEGARAPTOR_SECRETS_PASSPHRASE. \
            No command shows a value. The exit status is 1 when the store cannot be used or the name is unknown.
            """,
        subcommands: [List.self, Set.self, Delete.self, Rotate.self, Verify.self],
        defaultSubcommand: List.self
    )

    /// What every command takes.
    struct Options: ParsableArguments {
        @Option(help: "A file with the passphrase of the store.")
        var passphraseFile: String?

        @Flag(help: "Print JSON.")
        var json = false

        var store: SecretStore { SecretStore(RunningProgram.environment, passphraseFile: passphraseFile) }

        func show(_ text: String, _ value: JSONValue) {
            print(json ? value.prettyJSON() : text)
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List names, types and dates, never values.")

        @OptionGroup var options: Options

        func run() throws {
            let secrets = try options.store.list()
            let width = secrets.map(\.name.count).max() ?? 0
            let lines = secrets.map { secret in
                let name = secret.name.padded(to: width)
                return "\(name)  \(secret.type.rawValue.padded(to: 8))  \(secret.day(secret.changed))"
            }
            let text = secrets.isEmpty ? "No secrets are kept." : lines.joined(separator: "\n")
            options.show(text, ["secrets": .array(secrets.map(\.json))])
        }
    }

    struct Set: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Keep a value under a name.",
            discussion: """
                The value comes from standard input or a file, never from the command line, where others could see it. \
                Of a password or a token a line end after it does not count.
                """
        )

        @Argument(help: "1 to 100 of the characters A-Z a-z 0-9 _ . -")
        var name: String

        @Option(help: "password, token, ssh_key or text.")
        var type = SecretType.password

        @Option(help: "The file that holds the value.")
        var file: String?

        @OptionGroup var options: Options

        func run() throws {
            var value = try file.map(SecretInput.read) ?? SecretInput.standardInput(for: name)
            if type == .password || type == .token { value = value.withoutLineEnd }
            try options.store.put(value, as: name, type: type)
            options.show("\(name) is kept.", ["name": .string(name), "type": .string(type.rawValue)])
        }
    }

    struct Delete: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Remove a secret.",
            discussion: "The file's backup holds it until the next change; rotate removes the backup."
        )

        @Argument var name: String

        @OptionGroup var options: Options

        func run() throws {
            try options.store.delete(name)
            options.show("\(name) is removed.", ["name": .string(name)])
        }
    }

    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Open every secret and say whether all are whole.")

        @OptionGroup var options: Options

        func run() throws {
            let count = try options.store.verify()
            let text = count.map { "All is whole: \($0) secret\($0 == 1 ? "" : "s")." } ?? "There is no store yet."
            options.show(text, ["exists": .bool(count != nil), "secrets": JSONValue(count ?? 0)])
        }
    }
}

extension SecretType: ExpressibleByArgument {}

extension SecretInfo {
    fileprivate func day(_ moment: Int64) -> String { ISO8601.string(unixMicroseconds: moment, fraction: .none) }

    fileprivate var json: JSONValue {
        [
            "name": .string(name), "type": .string(type.rawValue), "created": .string(day(created)),
            "changed": .string(day(changed)),
        ]
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}

extension [UInt8] {
    fileprivate var withoutLineEnd: [UInt8] {
        guard last == UInt8(ascii: "\n") else { return self }
        return dropLast().last == UInt8(ascii: "\r") ? dropLast(2) : dropLast()
    }
}
