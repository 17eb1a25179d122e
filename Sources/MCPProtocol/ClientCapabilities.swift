// SPDX-License-Identifier: Apache-2.0

public import JSONValue

/// What the client says it can do, as far as this server makes use of it. Anything else in the object is accepted.
public struct ClientCapabilities: Sendable, Hashable {
    /// A person can be asked to fill in a form.
    public var elicitsForms: Bool
    /// A person can be sent to a web page.
    public var elicitsURLs: Bool

    public static let none = ClientCapabilities(elicitsForms: false, elicitsURLs: false)

    public init(elicitsForms: Bool, elicitsURLs: Bool) {
        self.elicitsForms = elicitsForms
        self.elicitsURLs = elicitsURLs
    }

    /// Reads the `capabilities` object. An empty `elicitation` means forms.
    public init(_ object: JSONObject) {
        guard let elicitation = object["elicitation"]?.objectValue else {
            self = .none
            return
        }
        let form = elicitation["form"]?.objectValue != nil
        let url = elicitation["url"]?.objectValue != nil
        self.init(elicitsForms: form || !url, elicitsURLs: url)
    }
}
