// SPDX-License-Identifier: Apache-2.0

import MegaraptorErrors

/// A machine as it was asked for: `host`, `user@host`, `host:port`, or both. An IPv6 address with a port stands in
/// brackets.
struct MachineTarget: Codable, Sendable, Hashable {
    /// As it was written.
    var text: String
    var host: String
    var port: UInt16
    var user: String

    init(_ text: String, user usualUser: String?, port usualPort: Int) throws(MegaraptorError) {
        let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        guard let user = parts.count == 2 ? String(parts[0]) : usualUser, !user.isEmpty else {
            throw MegaraptorError(
                .invalidArgument,
                "Nobody is named to log in to \(text).",
                hint: "Give username, or write the target as user@host."
            )
        }
        let (host, ending) = Self.divided(parts[parts.count - 1])
        guard !host.isEmpty, let port = ending.map({ UInt16($0) }) ?? UInt16(exactly: usualPort), port > 0 else {
            throw MegaraptorError(
                .invalidArgument,
                "\"\(text)\" names no machine.",
                hint:
                    "Write host, user@host, host:port or user@host:port; an IPv6 address with a port as [address]:port."
            )
        }
        self.text = text
        self.host = host
        self.port = port
        self.user = user
    }

    /// Host and port apart. More than one colon without brackets is an address of its own.
    private static func divided(_ text: Substring) -> (host: String, port: String?) {
        if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
            let rest = text[text.index(after: end)...]
            return (String(text[..<end].dropFirst()), rest.isEmpty ? nil : String(rest.dropFirst()))
        }
        let words = text.split(separator: ":", omittingEmptySubsequences: false)
        guard words.count == 2 else { return (String(text), nil) }
        return (String(words[0]), String(words[1]))
    }

    /// All of a call's.
    ///
    /// - Throws: `invalid_argument` for one that is named twice: two hands on one machine would be in each other's way.
    static func all(_ texts: [String], user: String?, port: Int) throws(MegaraptorError) -> [MachineTarget] {
        var (targets, seen): ([MachineTarget], Set<String>) = ([], [])
        for text in texts {
            let target = try MachineTarget(text, user: user, port: port)
            guard seen.insert("\(target.host.lowercased()) \(target.port)").inserted else {
                throw MegaraptorError(.invalidArgument, "The target \(text) is named twice.", hint: "Name each once.")
            }
            targets.append(target)
        }
        return targets
    }
}
