// SPDX-License-Identifier: Apache-2.0

import Cryptography
import JSONValue
import MegaraptorErrors

/// What a rollout is called: `ro-` and twelve hexadecimal digits, so that it is always a plain file name.
struct RolloutID: Sendable, Hashable, CustomStringConvertible {
    static let pattern = "^ro-[0-9a-f]{12}$"

    let text: String

    init(_ text: String) throws(MegaraptorError) {
        let digits = text.utf8.dropFirst(3)
        let isRight =
            text.hasPrefix("ro-") && digits.count == 12
            && digits.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
        guard isRight else {
            throw MegaraptorError(
                .invalidArgument,
                "\"\(text.prefix(80))\" is not a rollout's id.",
                hint: "An id is ro- and twelve hexadecimal digits; list_agent_rollouts tells them."
            )
        }
        self.text = text
    }

    private init(random bytes: [UInt8]) { text = "ro-" + Hexadecimal.encode(bytes) }

    static func make() -> RolloutID { RolloutID(random: Cryptography.randomBytes(6)) }

    var description: String { text }
}
