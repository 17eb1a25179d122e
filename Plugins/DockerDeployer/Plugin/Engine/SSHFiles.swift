// SPDX-License-Identifier: Apache-2.0

import Glibc
import MegaraptorErrors

/// Which files of this machine a login by SSH goes by. What is left out is as the user's own configuration has it.
struct SSHFiles: Sendable {
    let key: String?
    let knownHosts: String?

    init(key: String?, knownHosts: String?) throws(MegaraptorError) {
        self.key = key
        self.knownHosts = knownHosts
        try Self.check(key, "ssh_key_file")
        try Self.check(knownHosts, "known_hosts")
    }

    /// For ssh. A key that is named is tried alone, and hosts that are named count alone.
    var arguments: [String] {
        let login = key.map { ["-o", "IdentitiesOnly=yes", "-o", "IdentityFile=\($0)"] } ?? []
        let hosts = knownHosts.map { ["-o", "UserKnownHostsFile=\($0)", "-o", "GlobalKnownHostsFile=/dev/null"] } ?? []
        return login + hosts
    }

    /// Ssh reads blanks, quotes, `%` and `$` in these paths as more than a name, and passes over files that are not there.
    private static func check(_ path: String?, _ option: String) throws(MegaraptorError) {
        guard let path else { return }
        guard path.hasPrefix("/"), path.utf8.allSatisfy(isPathByte) else {
            throw MegaraptorError(
                .invalidArgument,
                "The path in \(option) cannot be given to ssh.",
                hint: "Give an absolute path of letters, digits and . _ - + @ alone."
            )
        }
        guard access(path, R_OK) == 0 else {
            let reason = String(cString: strerror(errno))
            throw MegaraptorError(
                .failedPrecondition,
                "\(path) cannot be read: \(reason).",
                hint: "Set \(option) to a file of this machine that this program may read, or leave it out."
            )
        }
    }

    private static func isPathByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "/._-+@".utf8.contains(byte)
        }
    }
}
