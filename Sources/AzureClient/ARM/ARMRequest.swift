// SPDX-License-Identifier: Apache-2.0

public import JSONValue

/// One request to Resource Manager.
public struct ARMRequest: Sendable {
    public let method: String
    /// A path with its query, or a whole URL that Resource Manager gave.
    let target: String
    let path: String
    public let body: JSONValue?
    /// Whether it only asks, also by POST: it is then sent again where it may have been lost.
    let changesNothing: Bool

    /// - Parameters:
    ///   - path: from `/subscriptions` on, with each part encoded where it needs to be.
    ///   - asks: whether a POST only asks, as for what a deployment would do.
    public init(
        _ method: String,
        _ path: String,
        _ apiVersion: String,
        query: [(String, String)] = [],
        body: JSONValue? = nil,
        asks: Bool = false
    ) {
        self.method = method
        self.path = path
        target = path + URLText.query([("api-version", apiVersion)] + query)
        self.body = body
        changesNothing = asks || method == "GET" || method == "HEAD"
    }

    /// Asks at a URL of Resource Manager's own.
    init(monitor url: String) {
        method = "GET"
        target = url
        path = String(url.prefix { $0 != "?" })
        body = nil
        changesNothing = true
    }
}
