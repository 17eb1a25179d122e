// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
public import MegaraptorErrors

/// Somebody who gets tokens.
public protocol AzureCredential: Sendable {
    /// As Azure's own libraries call it: `EnvironmentCredential`.
    var name: String { get }

    /// A new token.
    ///
    /// - Parameter scope: the audience with `/.default` after it.
    /// - Throws: `failed_precondition` with ``CredentialFault/absent`` in its details where this machine has no such
    ///   credential; anything else is a refusal.
    func token(for scope: String) async throws(MegaraptorError) -> AccessToken
}

/// What goes wrong with credentials.
public enum CredentialFault {
    /// The member of an error's details that says that a credential is not there at all, so that others may be tried.
    public static let absent = "credential_absent"

    static func isAbsent(_ error: MegaraptorError) -> Bool { error.details[absent] == true }

    static func absent(_ message: String, hint: String = "") -> MegaraptorError {
        MegaraptorError(.failedPrecondition, message, hint: hint, details: [absent: true])
    }
}
