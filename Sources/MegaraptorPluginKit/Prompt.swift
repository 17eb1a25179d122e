// SPDX-License-Identifier: Apache-2.0

internal import JSONValue

/// A prompt that code renders. A prompt that is only text belongs in the manifest.
public struct Prompt: Sendable {
    public struct Argument: Sendable, Hashable {
        let name: String
        let description: String
        let required: Bool

        public init(_ name: String, description: String, required: Bool = false) {
            self.name = name
            self.description = description
            self.required = required
        }
    }

    public struct Message: Sendable, Hashable {
        let json: JSONValue

        public static func user(_ content: Content) -> Message {
            Message(json: ["role": "user", "content": content.json])
        }

        public static func assistant(_ content: Content) -> Message {
            Message(json: ["role": "assistant", "content": content.json])
        }
    }

    public typealias Handler = @Sendable ([String: String], CallContext) async throws -> [Message]

    let name: String
    let title: String?
    let description: String
    let arguments: [Argument]
    let handler: Handler

    public init(
        _ name: String,
        title: String? = nil,
        description: String,
        arguments: [Argument] = [],
        handler: @escaping Handler
    ) {
        self.name = name
        self.title = title
        self.description = description
        self.arguments = arguments
        self.handler = handler
    }
}
