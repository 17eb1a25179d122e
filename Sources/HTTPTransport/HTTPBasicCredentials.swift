// SPDX-License-Identifier: Apache-2.0

/// A user and a password. They never show themselves: printing and dumping give the user only.
public struct HTTPBasicCredentials: Sendable {
    public let user: String
    package let password: String

    public init(user: String, password: String) {
        self.user = user
        self.password = password
    }
}

extension HTTPBasicCredentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "HTTPBasicCredentials(\(user))" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
