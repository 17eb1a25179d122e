// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// A token for one audience. It never shows itself.
public struct AccessToken: Sendable {
    /// Secret.
    let value: String
    /// In seconds since 1970.
    public let expires: Int64
    /// The subscription that Azure CLI is set to; others do not say.
    public let subscription: String?

    public init(_ value: String, expires: Int64, subscription: String? = nil) {
        self.value = value
        self.expires = expires
        self.subscription = subscription
    }

    /// Whether it lasts for longer than five minutes, so that nothing expires on its way.
    var isFresh: Bool { expires - Int64(time(nil)) > 300 }
}

extension AccessToken: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "AccessToken(until \(expires))" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["expires": expires]) }
}
