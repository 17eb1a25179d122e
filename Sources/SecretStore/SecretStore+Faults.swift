// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import JSONValue
internal import MegaraptorErrors

/// What can be wrong with a store as a whole; stands in an error's `details.fault`.
enum StoreFault: String {
    /// The store is whole as far as can be seen, and this key is not its own.
    case wrongKey = "wrong_key"
    case missingKey = "missing_key"
    /// Bytes were changed, by an accident or by somebody without the key.
    case damaged
    /// The end is missing.
    case halfWritten = "half_written"
    /// The file is gone and its backup is there.
    case missing
}

extension MegaraptorError {
    init(_ fault: StoreFault, _ message: String, hint: String) {
        let code: Code = fault == .wrongKey ? .unauthenticated : .failedPrecondition
        self.init(code, message, hint: hint, details: ["fault": .string(fault.rawValue)])
    }
}

extension SecretStore {
    /// The file cannot be used, and says so by what is missing of it.
    func unusable(_ fault: StoreFault, _ what: String) -> MegaraptorError {
        let advice =
            access(backup, F_OK) == 0
            ? "For the state before the last change: cp -p '\(backup)' '\(path)'." : "Put back your own copy of it."
        return MegaraptorError(fault, "The secret store \(path) \(what).", hint: "Nothing was changed. \(advice)")
    }

    func wrongKey(_ store: StoreFile) -> MegaraptorError {
        let hint =
            switch (store.iterations, key) {
            case (0, .file(let path)): "Put back the key file that belongs to it as \(path)."
            case (0, _): "It is opened with a key file: give no passphrase."
            case (_, .file): "It needs a passphrase in MEGARAPTOR_SECRETS_PASSPHRASE_FILE or …_PASSPHRASE."
            default: "Give the right passphrase."
            }
        return MegaraptorError(
            .wrongKey,
            "The key does not open the secret store \(path).",
            hint: "\(hint) Nothing was changed; nobody can read the store without its key."
        )
    }

    func missingKey(_ path: String) -> MegaraptorError {
        MegaraptorError(
            .missingKey,
            "The key file \(path) of the secret store is not there.",
            hint: "Put it back from where you keep a copy. Without it the secrets in \(self.path) cannot be read."
        )
    }

    static func unknown(_ name: String) -> MegaraptorError {
        MegaraptorError(
            .notFound,
            "There is no secret \(name).",
            hint: "Operations keep it with: megaraptor-mcp secrets set \(name)"
        )
    }
}
