// SPDX-License-Identifier: Apache-2.0

public import JSONValue

/// One block of a tool's or prompt's content.
public struct Content: Sendable, Hashable {
    /// The block as MCP writes it.
    public let json: JSONValue

    /// A block of a kind that the kit has no word for.
    public init(json: JSONValue) {
        self.json = json
    }

    /// Text for the model.
    public static func text(_ text: String) -> Content {
        Content(json: ["type": "text", "text": .string(text)])
    }

    /// `base64` is the picture in base64.
    public static func image(base64: String, mimeType: String) -> Content {
        Content(json: ["type": "image", "data": .string(base64), "mimeType": .string(mimeType)])
    }

    /// `base64` is the sound in base64.
    public static func audio(base64: String, mimeType: String) -> Content {
        Content(json: ["type": "audio", "data": .string(base64), "mimeType": .string(mimeType)])
    }

    /// A resource's contents, carried whole.
    public static func resource(_ contents: ResourceContents) -> Content {
        Content(json: ["type": "resource", "resource": contents.json])
    }

    /// A resource that the client may read by itself.
    public static func link(uri: String, name: String, mimeType: String? = nil) -> Content {
        var object: JSONObject = ["type": "resource_link", "uri": .string(uri), "name": .string(name)]
        if let mimeType { object["mimeType"] = .string(mimeType) }
        return Content(json: .object(object))
    }
}
