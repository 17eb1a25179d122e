// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import JSONValue
import MegaraptorErrors
import PluginHost
import SecretStore

extension Secrets {
    struct Rotate: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Seal everything anew with a new key.",
            discussion: """
                Without an option the key file gets fresh bytes. The former key opens nothing any more afterwards, and \
                the backup is gone. Give hosts that run with a passphrase the new one.
                """
        )

        @Option(help: "A file with the new passphrase.")
        var newPassphraseFile: String?

        @Flag(help: "From a passphrase to a key file.")
        var toKeyFile = false

        @OptionGroup var options: Options

        func validate() throws {
            if toKeyFile, newPassphraseFile != nil {
                throw ValidationError("Give one of --new-passphrase-file and --to-key-file.")
            }
        }

        func run() throws {
            let environment = RunningProgram.environment
            let hasPassphrase = SecretKey(environment, passphraseFile: options.passphraseFile) != nil
            guard newPassphraseFile != nil || toKeyFile || !hasPassphrase else {
                throw ValidationError("Give the new passphrase with --new-passphrase-file, or --to-key-file.")
            }
            let new =
                newPassphraseFile.map(SecretKey.passphraseFile) ?? .usualFile(HostFolders(environment: environment))
            try options.store.rotate(to: new)
            let kind = newPassphraseFile == nil ? "key_file" : "passphrase"
            let words = newPassphraseFile == nil ? "a fresh key file" : "the new passphrase"
            options.show("Everything is sealed with \(words).", ["key": .string(kind)])
        }
    }
}
