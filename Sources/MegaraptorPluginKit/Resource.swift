// SPDX-License-Identifier: Apache-2.0

public import JSONValue

/// What a resource holds: text, or bytes in base64.
public struct ResourceContents: Sendable, Hashable {
    /// The contents as MCP writes them.
    public let json: JSONValue

    /// Contents that are text.
    public init(uri: String, text: String, mimeType: String? = nil) {
        self.init(uri: uri, key: "text", value: text, mimeType: mimeType)
    }

    /// Contents that are bytes.
    public init(uri: String, base64: String, mimeType: String? = nil) {
        self.init(uri: uri, key: "blob", value: base64, mimeType: mimeType)
    }

    private init(uri: String, key: String, value: String, mimeType: String?) {
        var object: JSONObject = ["uri": .string(uri)]
        if let mimeType { object["mimeType"] = .string(mimeType) }
        object[key] = .string(value)
        json = .object(object)
    }
}

/// A resource with a fixed address.
public struct Resource: Sendable {
    /// Reads the resource at an address.
    public typealias Handler = @Sendable (String, CallContext) async throws -> [ResourceContents]

    let uri: String
    let name: String
    let title: String?
    let description: String
    let mimeType: String?
    let handler: Handler

    /// `handler` gets the address that was asked for.
    public init(
        _ uri: String,
        name: String,
        title: String? = nil,
        description: String,
        mimeType: String? = nil,
        handler: @escaping Handler
    ) {
        self.uri = uri
        self.name = name
        self.title = title
        self.description = description
        self.mimeType = mimeType
        self.handler = handler
    }
}

/// A family of resources, such as `velociraptor://clients/{client_id}`.
public struct ResourceTemplate: Sendable {
    /// Reads the resource at an address with these values in the template's places.
    public typealias Handler = @Sendable (String, [String: String], CallContext) async throws -> [ResourceContents]

    let uriTemplate: String
    let name: String
    let title: String?
    let description: String
    let mimeType: String?
    let handler: Handler

    /// `handler` gets the address and the values of the template's places, percent-decoded.
    /// A place never matches a slash or an empty text.
    public init(
        _ uriTemplate: String,
        name: String,
        title: String? = nil,
        description: String,
        mimeType: String? = nil,
        handler: @escaping Handler
    ) {
        self.uriTemplate = uriTemplate
        self.name = name
        self.title = title
        self.description = description
        self.mimeType = mimeType
        self.handler = handler
    }
}
