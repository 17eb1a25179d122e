// SPDX-License-Identifier: Apache-2.0

import Glibc
import MegaraptorErrors
import PluginHost
import SecretStore

extension SecretStore {
    /// The user's own store, opened with what the environment says. Nothing is read before its first use.
    ///
    /// - Parameter passphraseFile: comes before the environment.
    init(_ environment: [String: String], passphraseFile: String? = nil) {
        let folders = HostFolders(environment: environment)
        self.init(
            folder: "\(folders.data)/secrets",
            key: SecretKey(environment, passphraseFile: passphraseFile) ?? .usualFile(folders)
        )
    }

    /// For plugins.
    @Sendable func valueForPlugin(_ name: String) throws(MegaraptorError) -> (type: String, value: [UInt8]) {
        let secret = try value(of: name)
        return (secret.type.rawValue, secret.bytes)
    }
}

extension SecretKey {
    static let passphraseVariable = "MEGARAPTOR_SECRETS_PASSPHRASE"

    /// The passphrase that is named; `nil` where none is. An empty variable counts as one that is not set.
    init?(_ environment: [String: String], passphraseFile: String? = nil) {
        if let file = passphraseFile ?? environment[Self.passphraseVariable + "_FILE"], !file.isEmpty {
            self = .passphraseFile(file)
        } else if let words = environment[Self.passphraseVariable], !words.isEmpty {
            self = .passphrase(Array(words.utf8))
        } else {
            return nil
        }
    }

    /// Apart from the store, so that a copy of one folder gives nothing away.
    static func usualFile(_ folders: HostFolders) -> SecretKey { .file("\(folders.config)/secrets.key") }
}
