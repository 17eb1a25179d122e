// SPDX-License-Identifier: Apache-2.0

public import JSONValue

extension Tool {
    /// The rest of a call: the tool with the arguments that its own schema takes.
    public typealias Rest = @Sendable () async throws -> ToolResult

    /// The same tool with one more argument, for what concerns all tools of a plugin alike.
    ///
    /// The tool itself never sees the argument.
    /// - Parameter around: gets its value, `nil` where it is left out, and runs the rest of the call.
    public func taking(
        _ argument: Schema.Member,
        around: @escaping @Sendable (JSONValue?, CallContext, Rest) async throws -> ToolResult
    ) -> Tool {
        var tool = self
        tool.inputSchema = inputSchema.adding(argument)
        tool.handler = { [handler] arguments, context in
            var own = arguments.objectValue ?? [:]
            let value = own[argument.name]
            own[argument.name] = nil
            let rest = JSONValue.object(own)
            return try await around(value, context) { try await handler(rest, context) }
        }
        return tool
    }
}

extension Schema {
    /// An object's schema with one more member.
    fileprivate func adding(_ member: Member) -> Schema {
        var properties = json["properties"]?.objectValue ?? [:]
        properties[member.name] = .object(member.schema.json)
        let added = with("properties", .object(properties))
        guard member.isRequired else { return added }
        return added.with("required", .array((json["required"]?.arrayValue ?? []) + [.string(member.name)]))
    }
}
