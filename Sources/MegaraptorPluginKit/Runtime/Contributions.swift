// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorErrors

/// A plugin's lists, taken once and indexed by name.
struct Contributions: Sendable {
    private let tools: [String: Tool]
    private let resources: [String: Resource]
    private let templates: [(URITemplate, ResourceTemplate)]
    private let prompts: [String: Prompt]
    private let runners: [String: Runner]
    private let providers: [Provider]
    /// What `describe` answers: the manifest's `contributes`, as the code sees it.
    let description: JSONValue

    init(of plugin: any Plugin) {
        let offered = (tools: plugin.tools, resources: plugin.resources, prompts: plugin.prompts)
        let resourceTemplates = plugin.resourceTemplates
        tools = Dictionary(offered.tools.map { ($0.name, $0) }) { first, _ in first }
        resources = Dictionary(offered.resources.map { ($0.uri, $0) }) { first, _ in first }
        templates = resourceTemplates.map { (URITemplate($0.uriTemplate), $0) }
        let offeredRunners = plugin.runners
        runners = Dictionary(offeredRunners.map { ($0.name, $0) }) { first, _ in first }
        providers = plugin.providers
        prompts = Dictionary(offered.prompts.map { ($0.name, $0) }) { first, _ in first }
        description = [
            "tools": .array(offered.tools.map(\.manifestEntry)),
            "resources": .array(offered.resources.map(\.manifestEntry)),
            "resource_templates": .array(resourceTemplates.map(\.manifestEntry)),
            "prompts": .array(offered.prompts.map(\.manifestEntry)),
            "runners": .array(offeredRunners.map(\.manifestEntry)),
            "providers": .array(providers.map(\.manifestEntry)),
        ]
    }

    func callTool(_ params: JSONValue, _ context: CallContext) async throws -> [UInt8] {
        let name = try Self.text("name", in: params)
        guard let tool = tools[name] else { throw MegaraptorError(.notFound, "This plugin has no tool \"\(name)\".") }
        return try await tool.handler(params["arguments"] ?? [:], context).bytes
    }

    func readResource(_ params: JSONValue, _ context: CallContext) async throws -> [UInt8] {
        let uri = try Self.text("uri", in: params)
        let contents: [ResourceContents]
        if let resource = resources[uri] {
            contents = try await resource.handler(uri, context)
        } else if let (values, template) = match(uri) {
            contents = try await template.handler(uri, values, context)
        } else {
            throw MegaraptorError(.notFound, "There is no resource \(uri).")
        }
        return JSONValue.object(["contents": .array(contents.map(\.json))]).jsonBytes()
    }

    private func match(_ uri: String) -> ([String: String], ResourceTemplate)? {
        for (pattern, template) in templates {
            if let values = pattern.match(uri) { return (values, template) }
        }
        return nil
    }

    func getPrompt(_ params: JSONValue, _ context: CallContext) async throws -> [UInt8] {
        let name = try Self.text("name", in: params)
        guard let prompt = prompts[name] else {
            throw MegaraptorError(.notFound, "This plugin has no prompt \"\(name)\".")
        }
        let given = params["arguments"]?.objectValue ?? [:]
        let arguments = Dictionary(given.map { ($0.key, $0.value.stringValue ?? "") }) { first, _ in first }
        let messages = try await prompt.handler(arguments, context)
        return JSONValue.object([
            "description": .string(prompt.description), "messages": .array(messages.map(\.json)),
        ]).jsonBytes()
    }

    // MARK: - Tools without code

    func checkRun(_ params: JSONValue, _ context: CallContext) async throws {
        try await runner(params).check(params["definition"] ?? [:], context)
    }

    func callRun(_ params: JSONValue, _ context: CallContext) async throws -> [UInt8] {
        try await runner(params).run(params["definition"] ?? [:], params["arguments"] ?? [:], context).bytes
    }

    private func runner(_ params: JSONValue) throws -> Runner {
        let name = try Self.text("runner", in: params)
        guard let runner = runners[name] else {
            throw MegaraptorError(.notFound, "This plugin has no runner \"\(name)\".")
        }
        return runner
    }

    // MARK: - For other plugins

    func callProvider(_ operation: Substring, _ params: JSONValue, _ context: CallContext) async throws -> [UInt8] {
        let (interface, name) = (try Self.text("interface", in: params), try Self.text("provider", in: params))
        guard let provider = providers.first(where: { $0.interface == interface && $0.name == name }) else {
            throw MegaraptorError(.notFound, "This plugin has no provider \"\(name)\" of \(interface).")
        }
        guard let body = provider.operations[String(operation)] else {
            throw MegaraptorError(
                .unsupported,
                "The provider \(name) of \(interface) has no operation \"\(operation)\"."
            )
        }
        return try await body(params["arguments"] ?? [:], context).jsonBytes()
    }

    static func text(_ key: String, in params: JSONValue) throws -> String {
        guard let text = params[key]?.stringValue else {
            throw MegaraptorError(.invalidArgument, "The parameter \"\(key)\" is missing.")
        }
        return text
    }
}
