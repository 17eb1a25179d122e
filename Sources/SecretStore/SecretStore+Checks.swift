// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import MegaraptorErrors

extension SecretStore {
    static func check(_ name: String, _ value: [UInt8]) throws(MegaraptorError) {
        guard isName(name) else {
            throw MegaraptorError(
                .invalidArgument,
                "\"\(name)\" cannot be a secret's name.",
                hint: "Use 1 to 100 of the characters A-Z a-z 0-9 _ . -"
            )
        }
        guard value.count <= greatestValue else {
            throw MegaraptorError(
                .invalidArgument,
                "The value has \(value.count) bytes; at most \(greatestValue) can be kept.",
                hint: "Keep a key to the data, and the data sealed with it elsewhere."
            )
        }
        let core = value.drop(while: isSpace).reversed().drop(while: isSpace)
        guard core.count >= shortestValue else {
            throw MegaraptorError(
                .invalidArgument,
                "The value is too short: it could not be kept out of logs and results.",
                hint: "Use at least \(shortestValue) characters, spaces at the ends not counted."
            )
        }
    }

    private static func isName(_ name: String) -> Bool {
        (1...100).contains(name.utf8.count)
            && name.unicodeScalars.allSatisfy { scalar in
                switch scalar {
                case "a"..."z", "A"..."Z", "0"..."9", "_", ".", "-": true
                default: false
                }
            }
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    /// Microseconds since 1970.
    static func now() -> Int64 {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        return Int64(now.tv_sec) * 1_000_000 + Int64(now.tv_nsec) / 1000
    }
}
