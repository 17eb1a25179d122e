// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
public import MegaraptorErrors

/// The roles that the server knows.
public enum UserRole: String, Sendable, Hashable, CaseIterable {
    case reader
    case analyst
    case investigator
    case artifactWriter = "artifact_writer"
    case administrator
    case orgAdmin = "org_admin"
    case api

    /// - Throws: `invalidArgument` that names all roles, and the one that was probably meant.
    public static func named(_ name: String) throws(MegaraptorError) -> UserRole {
        if let role = UserRole(rawValue: name) { return role }
        let known = allCases.map(\.rawValue)
        throw MegaraptorError(
            .invalidArgument,
            "There is no role '\(name)'. Roles: \(known.joined(separator: ", ")).",
            hint: Spelling.nearest(to: name, among: known).map { "Did you mean '\($0)'?" } ?? ""
        )
    }
}
