// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors

/// The arguments of a tool: a type that can be decoded, and the schema that says so to a model.
public protocol ToolInput: Decodable, Sendable {
    static var schema: Schema { get }
}

/// What a tool answers: becomes `structuredContent`.
public protocol ToolOutput: Encodable, Sendable {
    static var schema: Schema { get }
}

/// For tools without arguments.
public struct NoInput: ToolInput {
    /// An object without members.
    public static var schema: Schema { .object() }
}

/// A tool: what a model reads about it, and the code that answers.
public struct Tool: Sendable {
    /// What the tool does to the world. The defaults are MCP's: anything may happen.
    public struct Effects: Sendable, Hashable {
        /// It changes nothing.
        public var readOnly: Bool
        /// It may take something away, and not only add.
        public var destructive: Bool
        /// The same call a second time changes nothing more.
        public var idempotent: Bool
        /// It reaches beyond a closed set of things, such as the web.
        public var openWorld: Bool

        /// What is left out is as in MCP: anything may happen.
        public init(readOnly: Bool = false, destructive: Bool = true, idempotent: Bool = false, openWorld: Bool = true)
        {
            self.readOnly = readOnly
            self.destructive = destructive
            self.idempotent = idempotent
            self.openWorld = openWorld
        }

        /// Reads and changes nothing.
        public static var reads: Effects {
            Effects(readOnly: true, destructive: false, idempotent: true, openWorld: false)
        }
    }

    /// What becomes of a tool that changes something where operations allow reading only.
    public enum ReadOnlyMode: Sendable, Hashable {
        case hidden
        /// It stays, because it looks at ``CallContext/isReadOnly`` and then only reads.
        case restricted
    }

    typealias Handler = @Sendable (JSONValue, CallContext) async throws -> ToolResult

    /// What a model calls it by; unique among all plugins.
    public let name: String
    /// What people see.
    public let title: String?
    /// What the tool does and when to use it: a model decides by it.
    public let description: String
    /// The group that operations switch on or off as a whole.
    public let toolset: String
    /// What it does to the world.
    public let effects: Effects
    /// Whether the host asks a person before a destructive call. A tool that is destructive only for some arguments may
    /// say no; where operations want every change confirmed it is asked for all the same.
    public let asksFirst: Bool
    /// What becomes of it where only reading is allowed.
    public let readOnlyMode: ReadOnlyMode
    var inputSchema: Schema
    let outputSchema: Schema?
    var handler: Handler

    /// A tool that shapes its result itself.
    public init<Input: ToolInput>(
        _ name: String,
        title: String? = nil,
        description: String,
        toolset: String,
        effects: Effects = Effects(),
        asksFirst: Bool = true,
        readOnlyMode: ReadOnlyMode = .hidden,
        outputSchema: Schema? = nil,
        handler: @escaping @Sendable (Input, CallContext) async throws -> ToolResult
    ) {
        self.name = name
        self.title = title
        self.description = description
        self.toolset = toolset
        self.effects = effects
        self.asksFirst = asksFirst
        self.readOnlyMode = readOnlyMode
        self.inputSchema = Input.schema
        self.outputSchema = outputSchema
        self.handler = { arguments, context in
            try await handler(try Self.decode(Input.self, from: arguments), context)
        }
    }

    /// A tool that answers with a value: it travels as `structuredContent` and, for older clients, as JSON text.
    public init<Input: ToolInput, Output: ToolOutput>(
        _ name: String,
        title: String? = nil,
        description: String,
        toolset: String,
        effects: Effects = Effects(),
        handler: @escaping @Sendable (Input, CallContext) async throws -> Output
    ) {
        self.init(
            name,
            title: title,
            description: description,
            toolset: toolset,
            effects: effects,
            outputSchema: Output.schema
        ) { (input: Input, context: CallContext) in
            ToolResult(structured: try JSONValueEncoder().encode(try await handler(input, context)))
        }
    }

    private static func decode<Input: ToolInput>(_: Input.Type, from arguments: JSONValue) throws -> Input {
        do {
            return try JSONValueDecoder().decode(Input.self, from: arguments)
        } catch {
            throw MegaraptorError(
                .invalidArgument,
                "The arguments do not fit: \(error).",
                hint: "Compare them with the tool's input schema."
            )
        }
    }
}
