// SPDX-License-Identifier: Apache-2.0

import Glibc
import JSONValue
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

    /// For plugins that keep secrets of their own.
    var keeperForPlugins: SecretKeeper {
        SecretKeeper(
            put: { name, type, value throws(MegaraptorError) in
                guard let type = SecretType(rawValue: type) else {
                    let known = SecretType.allCases.map(\.rawValue).joined(separator: ", ")
                    throw MegaraptorError(
                        .invalidArgument,
                        "There is no kind of secret \"\(type)\". There are: \(known)."
                    )
                }
                try put(value, as: name, type: type)
            },
            delete: { name throws(MegaraptorError) in try delete(name) },
            list: { () throws(MegaraptorError) in try list().map(\.forPlugins) }
        )
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

extension SecretInfo {
    fileprivate var forPlugins: JSONObject {
        [
            "name": .string(name), "type": .string(type.rawValue),
            "created": .string(ISO8601.string(unixSeconds: created / 1_000_000)),
            "changed": .string(ISO8601.string(unixSeconds: changed / 1_000_000)),
        ]
    }
}
