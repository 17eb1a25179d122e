// SPDX-License-Identifier: Apache-2.0

public import CMegaraptorABI
internal import JSONValue
internal import MegaraptorErrors
internal import MegaraptorPluginKit

/// Carries the names that MCP's official conformance suite looks for, so that the suite can be run against the host.
struct ConformancePlugin: Plugin {
    static let identity = PluginIdentity(id: "org.megaraptor.fixture.conformance", version: "1.0.0")

    let host: HostServices

    init(host: HostServices) {
        self.host = host
    }

    var tools: [Tool] { contentTools + runningTools + elicitingTools + inputRequiredTools }

    /// Whoever listens is told at once: nothing else ever changes.
    func subscribe(_ uri: String) async throws(MegaraptorError) {
        try await host.resourceUpdated(uri)
    }

    func unsubscribe(_ uri: String) async throws(MegaraptorError) {}

    func complete(
        _ request: CompletionRequest,
        context: CallContext
    ) async throws(MegaraptorError) -> Completion {
        Completion(values: ["paris", "park", "party"].filter { $0.hasPrefix(request.value) })
    }

    static func tool(
        _ name: String,
        _ description: String,
        answer: @escaping @Sendable (CallContext) async throws -> ToolResult
    ) -> Tool {
        Tool(name, description: description, toolset: "conformance", effects: .reads) { (_: NoInput, context) in
            try await answer(context)
        }
    }
}

/// The one argument of tools that pass something on.
struct Message: ToolInput {
    var message: String
    static var schema: Schema { .object(.required("message", .string.described("What the person is shown."))) }
}

// The contract gives the name.
// swift-format-ignore: AlwaysUseLowerCamelCase
@c @implementation
public func megaraptor_plugin_v1(
    _ host: UnsafePointer<mr_host>?,
    _ out: UnsafeMutablePointer<mr_plugin>?
) -> Int32 {
    PluginEntry.open(ConformancePlugin.self, host, out)
}
