// SPDX-License-Identifier: Apache-2.0

/// Which of the server's roles brings a permission.
enum Permissions {
    /// What the roles below administrator have.
    private static let roles: [(role: String, permissions: Set<String>)] = [
        ("api", ["ANY_QUERY", "READ_RESULTS"]),
        (
            "investigator",
            [
                "COLLECT_CLIENT", "COLLECT_BASIC", "LABEL_CLIENT", "LABEL_CLIENTS", "START_HUNT", "NOTEBOOK_EDITOR",
                "PREPARE_RESULTS",
            ]
        ),
    ]

    /// What to do about a missing permission. `names` are alternatives: one of them would do.
    static func hint(for names: [String]) -> String {
        let role = role(bringing: names)
        let missing = names.isEmpty ? "a permission" : names.joined(separator: " or ")
        return """
            The user of this API key lacks \(missing), which role `\(role)` brings. An administrator of the server can \
            grant it (`velociraptor acl grant`), or the call can be made with another key.
            """
    }

    /// The least role that brings one of these permissions.
    static func role(bringing names: [String]) -> String {
        roles.first { !$0.permissions.isDisjoint(with: names) }?.role ?? "administrator"
    }

    /// The permission names in a server's sentence: words in capitals with an underscore, and `EXECVE` and `NETWORK`.
    static func named(in text: some StringProtocol) -> [String] {
        var names: [String] = []
        for word in text.split(whereSeparator: { !($0.isASCII && ($0.isLetter || $0 == "_")) }) {
            let isName =
                word == "EXECVE" || word == "NETWORK" || word.contains("_") && !word.contains(where: \.isLowercase)
            if isName, !names.contains(String(word)) { names.append(String(word)) }
        }
        return names
    }
}
