// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorPluginKit

/// What the addresses of all resources begin with.
let velociraptorScheme = "velociraptor://"

extension Resource {
    /// A resource that is one JSON object.
    static func velociraptor(
        _ path: String,
        name: String,
        title: String,
        description: String,
        read: @escaping @Sendable (CallContext) async throws -> JSONObject
    ) -> Resource {
        Resource(
            velociraptorScheme + path,
            name: name,
            title: title,
            description: description,
            mimeType: ResourceContents.jsonType
        ) { uri, context in
            [ResourceContents(uri: uri, object: try await read(context))]
        }
    }
}

extension ResourceTemplate {
    /// Resources that are one JSON object each. `read` gets the values of the address's places.
    static func velociraptor(
        _ path: String,
        name: String,
        title: String,
        description: String,
        read: @escaping @Sendable ([String: String], CallContext) async throws -> JSONObject
    ) -> ResourceTemplate {
        ResourceTemplate(
            velociraptorScheme + path,
            name: name,
            title: title,
            description: description,
            mimeType: ResourceContents.jsonType
        ) { uri, values, context in
            [ResourceContents(uri: uri, object: try await read(values, context))]
        }
    }
}

extension ResourceContents {
    fileprivate static let jsonType = "application/json"

    /// Unseen characters of the values travel escaped.
    fileprivate init(uri: String, object: JSONObject) {
        self.init(uri: uri, text: VisibleText.escape(JSONValue.object(object).json()), mimeType: Self.jsonType)
    }
}
