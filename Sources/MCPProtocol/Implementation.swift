// SPDX-License-Identifier: Apache-2.0

/// Who this server is.
public struct Implementation: Sendable, Hashable {
    public var name: String
    public var version: String
    public var title: String?
    public var description: String?
    public var websiteURL: String?

    public init(
        name: String,
        version: String,
        title: String? = nil,
        description: String? = nil,
        websiteURL: String? = nil
    ) {
        self.name = name
        self.version = version
        self.title = title
        self.description = description
        self.websiteURL = websiteURL
    }

    /// The object as a version of the protocol knows it.
    public func json(for version: ProtocolVersion) -> [UInt8] {
        var object = ObjectWriter()
        object.string("name", name)
        object.string("version", self.version)
        if let title, version.has(.structuredResults) { object.string("title", title) }
        if let description, version.has(.richImplementation) { object.string("description", description) }
        if let websiteURL, version.has(.richImplementation) { object.string("websiteUrl", websiteURL) }
        return object.finish()
    }
}
