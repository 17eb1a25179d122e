// SPDX-License-Identifier: Apache-2.0

internal import JSONValue

/// A prompt that code renders. A prompt that is only text belongs in the manifest.
public struct Prompt: Sendable {
    /// What a prompt asks for: always text.
    public struct Argument: Sendable, Hashable {
        let name: String
        let description: String
        let required: Bool

        /// `description` is what people read where they fill it in.
        public init(_ name: String, description: String, required: Bool = false) {
            self.name = name
            self.description = description
            self.required = required
        }
    }

    /// One turn of the conversation that a prompt begins.
    public struct Message: Sendable, Hashable {
        let json: JSONValue

        /// What the person says.
        public static func user(_ content: Content) -> Message {
            Message(json: ["role": "user", "content": content.json])
        }

        /// What the assistant says.
        public static func assistant(_ content: Content) -> Message {
            Message(json: ["role": "assistant", "content": content.json])
        }
    }

    /// Renders the prompt with the arguments that were given.
    public typealias Handler = @Sendable ([String: String], CallContext) async throws -> [Message]

    let name: String
    let title: String?
    let description: String
    let arguments: [Argument]
    let handler: Handler

    /// The handler runs once for each time that the prompt is asked for.
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
