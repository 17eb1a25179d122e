// SPDX-License-Identifier: Apache-2.0

/// An access key. It never shows itself: printing and dumping give where it comes from.
public struct AWSCredentials: Sendable {
    /// Not a secret, but enough to find out whose it is, so it is not shown either.
    public let accessKeyID: String
    let secretAccessKey: String
    let sessionToken: String?
    /// Seconds since 1970; `nil` for a key without end.
    public let expiration: Int64?
    /// Where it was found, in words for people: `the environment`, `the profile main`.
    public let source: String

    public init(
        accessKeyID: String,
        secretAccessKey: String,
        sessionToken: String? = nil,
        expiration: Int64? = nil,
        source: String
    ) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken
        self.expiration = expiration
        self.source = source
    }

    func found(in source: String) -> AWSCredentials {
        AWSCredentials(
            accessKeyID: accessKeyID,
            secretAccessKey: secretAccessKey,
            sessionToken: sessionToken,
            expiration: expiration,
            source: source
        )
    }
}

extension AWSCredentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "[AWS credentials from \(source)]" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["source": source]) }
}
