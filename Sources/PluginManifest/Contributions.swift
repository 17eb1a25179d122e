// SPDX-License-Identifier: Apache-2.0

public import JSONValue

/// A tool as its plugin describes it, independent of any protocol version.
public struct ToolContribution: Sendable, Hashable {
    public var name: String
    public var title: String?
    public var description: String
    /// The toolset the tool belongs to; operations switch toolsets, not single tools, in the common case.
    public var toolset: String
    /// A JSON Schema with root `type: object`.
    public var inputSchema: JSONValue
    /// A JSON Schema for `structuredContent`, root `type: object`.
    public var outputSchema: JSONValue?
    public var annotations: ToolAnnotations
    /// Whether a person is asked before a destructive call. A tool that is destructive only for some arguments may say
    /// no; where every change is to be confirmed it is asked for all the same.
    public var asksFirst: Bool
    /// Whether the tool stays in read-only mode because it then restricts itself to reading.
    public var restrictsItself: Bool
    /// Names under which the tool was known before. A call by one of them runs; lists do not show them.
    public var aliases: [String]
    /// For a tool without code: an object that says who runs it and how. `{vql: {…}}` or `{native: {…}}`.
    public var run: JSONValue?

    public init(
        name: String,
        title: String? = nil,
        description: String,
        toolset: String,
        inputSchema: JSONValue,
        outputSchema: JSONValue? = nil,
        annotations: ToolAnnotations = ToolAnnotations(),
        asksFirst: Bool = true,
        restrictsItself: Bool = false,
        aliases: [String] = [],
        run: JSONValue? = nil
    ) {
        self.name = name
        self.title = title
        self.description = description
        self.toolset = toolset
        self.inputSchema = inputSchema
        self.outputSchema = outputSchema
        self.annotations = annotations
        self.asksFirst = asksFirst
        self.restrictsItself = restrictsItself
        self.aliases = aliases
        self.run = run
    }
}

/// What a tool does to the world. The defaults are those of MCP: anything may happen.
public struct ToolAnnotations: Sendable, Hashable {
    public var readOnly: Bool
    public var destructive: Bool
    public var idempotent: Bool
    public var openWorld: Bool

    public init(readOnly: Bool = false, destructive: Bool = true, idempotent: Bool = false, openWorld: Bool = true) {
        self.readOnly = readOnly
        self.destructive = destructive
        self.idempotent = idempotent
        self.openWorld = openWorld
    }
}

/// A resource with a fixed address.
public struct ResourceContribution: Sendable, Hashable {
    public var uri: String
    public var name: String
    public var title: String?
    public var description: String
    public var mimeType: String?

    public init(uri: String, name: String, title: String? = nil, description: String, mimeType: String? = nil) {
        self.uri = uri
        self.name = name
        self.title = title
        self.description = description
        self.mimeType = mimeType
    }
}

/// A family of resources, addressed by an RFC 6570 template of level 1.
public struct ResourceTemplateContribution: Sendable, Hashable {
    public var uriTemplate: String
    public var name: String
    public var title: String?
    public var description: String
    public var mimeType: String?

    public init(uriTemplate: String, name: String, title: String? = nil, description: String, mimeType: String? = nil) {
        self.uriTemplate = uriTemplate
        self.name = name
        self.title = title
        self.description = description
        self.mimeType = mimeType
    }
}

/// A prompt. Where `body` is given the host renders it itself and no code runs.
public struct PromptContribution: Sendable, Hashable {
    public struct Argument: Sendable, Hashable {
        public var name: String
        public var description: String
        public var required: Bool
        /// The plugin that proposes values, by its id; `nil` for the prompt's own.
        public var completedBy: String?
        /// A regular expression that is found in every value. Anchor it to have whole values match.
        public var pattern: String?
        /// The values there are; `nil` where any will do.
        public var allowed: [String]?
        /// Fills the body's places where the argument is left out.
        public var standard: String?

        public init(
            name: String,
            description: String,
            required: Bool = false,
            completedBy: String? = nil,
            pattern: String? = nil,
            allowed: [String]? = nil,
            standard: String? = nil
        ) {
            self.name = name
            self.description = description
            self.required = required
            self.completedBy = completedBy
            self.pattern = pattern
            self.allowed = allowed
            self.standard = standard
        }
    }

    public var name: String
    public var title: String?
    public var description: String
    public var arguments: [Argument]
    /// Markdown with `{{argument}}` places; `nil` where the plugin's code answers `prompts/get`.
    public var body: String?

    public init(
        name: String,
        title: String? = nil,
        description: String,
        arguments: [Argument] = [],
        body: String? = nil
    ) {
        self.name = name
        self.title = title
        self.description = description
        self.arguments = arguments
        self.body = body
    }
}

/// A way to run tools that have no code: other manifests name it in a tool's `run`.
public struct RunnerContribution: Sendable, Hashable {
    public var name: String
    public var description: String

    public init(name: String, description: String) {
        self.name = name
        self.description = description
    }
}

/// A group of tools that operations switch together.
public struct ToolsetContribution: Sendable, Hashable {
    public var name: String
    public var description: String
    /// Whether it is on unless operations say otherwise.
    public var isDefault: Bool

    public init(name: String, description: String, isDefault: Bool = true) {
        self.name = name
        self.description = description
        self.isDefault = isDefault
    }
}
