// SPDX-License-Identifier: Apache-2.0

internal import Cryptography
internal import JSONValue
public import MegaraptorErrors

/// What a deployment is called everywhere: `vr-` and twelve hexadecimal digits, so that it is always a plain file name.
public struct DeploymentID: Sendable, Hashable, CustomStringConvertible {
    /// A JSON Schema pattern for the same.
    public static let pattern = "^vr-[0-9a-f]{12}$"

    public let text: String

    /// - Throws: `invalid_argument` for anything else.
    public init(_ text: String) throws(MegaraptorError) {
        let digits = text.utf8.dropFirst(3)
        let isRight =
            text.hasPrefix("vr-") && digits.count == 12
            && digits.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
        guard isRight else {
            throw MegaraptorError(
                .invalidArgument,
                "\"\(text.prefix(80))\" is not a deployment's id.",
                hint:
                    "An id is vr- and twelve hexadecimal digits, such as vr-0123456789ab; list_deployments tells them."
            )
        }
        self.text = text
    }

    private init(random bytes: [UInt8]) { text = "vr-" + Hexadecimal.encode(bytes) }

    /// One that nobody can guess and that no other deployment has.
    public static func make() -> DeploymentID { DeploymentID(random: Cryptography.randomBytes(6)) }

    public var description: String { text }
}
