// SPDX-License-Identifier: Apache-2.0

public import JSONValue

/// What the client says it can do, as far as this server makes use of it. Anything else in the object is accepted.
public struct ClientCapabilities: Sendable, Hashable {
    /// A person can be asked to fill in a form.
    public var elicitsForms: Bool
    /// A person can be sent to a web page.
    public var elicitsURLs: Bool
    /// The client's model can be asked. Deprecated in the protocol; passed on for plugins that still ask.
    public var samples: Bool
    /// The client tells its roots. Deprecated in the protocol, like ``samples``.
    public var listsRoots: Bool

    public static let none = ClientCapabilities()

    public init(
        elicitsForms: Bool = false,
        elicitsURLs: Bool = false,
        samples: Bool = false,
        listsRoots: Bool = false
    ) {
        self.elicitsForms = elicitsForms
        self.elicitsURLs = elicitsURLs
        self.samples = samples
        self.listsRoots = listsRoots
    }

    /// Reads the `capabilities` object. An empty `elicitation` means forms.
    public init(_ object: JSONObject) {
        self.init(samples: object["sampling"]?.objectValue != nil, listsRoots: object["roots"]?.objectValue != nil)
        guard let elicitation = object["elicitation"]?.objectValue else { return }
        elicitsURLs = elicitation["url"]?.objectValue != nil
        elicitsForms = elicitation["form"]?.objectValue != nil || !elicitsURLs
    }
}
