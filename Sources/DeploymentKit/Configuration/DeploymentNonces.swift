// SPDX-License-Identifier: Apache-2.0

internal import Cryptography
internal import JSONValue
public import MegaraptorErrors

/// The two random texts that a deployment is given once and keeps. They show themselves only through their properties.
public struct DeploymentNonces: Sendable, Hashable {
    /// What lets an agent enrol: the same in the server's and every agent's configuration, or the agent is refused for
    /// ever. Secret.
    public let client: String
    /// Hides the names of artifacts from agents. Without it the server makes another one at each start. Secret.
    public let obfuscation: String

    /// Makes new ones.
    public init() {
        client = Base64.encode(Cryptography.randomBytes(16))
        obfuscation = Base64.encode(Cryptography.randomBytes(8))
    }

    /// Takes those of an existing deployment.
    ///
    /// - Throws: `invalidArgument` for an empty one or one with anything but visible ASCII.
    public init(client: String, obfuscation: String) throws(MegaraptorError) {
        for text in [client, obfuscation] {
            guard (1...200).contains(text.utf8.count), text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
                throw MegaraptorError(.invalidArgument, "A nonce must be 1 to 200 visible ASCII characters.")
            }
        }
        self.client = client
        self.obfuscation = obfuscation
    }
}

extension DeploymentNonces: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "DeploymentNonces" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
