// SPDX-License-Identifier: Apache-2.0

public import JSONValue
public import MegaraptorErrors
public import PluginManifest
internal import Synchronization

/// The tools of a plugin that are C functions, declared in its manifest.
///
/// A wrong declaration can crash the process, so this belongs into the process lane. Calls are made one at a time:
/// few C libraries say that their functions may run at once. A call blocks its thread and cannot be stopped.
public final class NativePlugin: Sendable {
    private let id: String
    private let folder: String
    private let tools: [String: NativeTool]
    /// Held during a call.
    private let opened = Mutex<[String: PreparedTool]>([:])

    public init(_ manifest: PluginManifest) {
        id = manifest.id
        folder = manifest.folder
        let native = manifest.tools.compactMap { tool in NativeTool(tool).map { (tool.name, $0) } }
        tools = Dictionary(native) { first, _ in first }
    }

    /// Calls a tool with arguments that its input_schema has accepted.
    /// - Returns: what MCP calls a tool result, with `structuredContent`.
    public func call(tool name: String, arguments: JSONValue) throws(MegaraptorError) -> JSONValue {
        guard let tool = tools[name] else {
            throw MegaraptorError(.notFound, "The plugin \(id) has no native tool \"\(name)\".")
        }
        return try opened.withLock { opened throws(MegaraptorError) in
            if opened[name] == nil { opened[name] = try PreparedTool(tool, folder: folder) }
            var run = NativeRun(inputs: arguments.objectValue ?? [:])
            return ["structuredContent": .object(try run.perform(opened[name]?.calls ?? []))]
        }
    }
}

/// A tool whose library is open and whose functions are found.
struct PreparedTool {
    typealias Step = (call: NativeCall, function: NativeFunction)

    let calls: [Step]

    init(_ tool: NativeTool, folder: String) throws(MegaraptorError) {
        let library = try NativeLibrary(tool.isBeside ? "\(folder)/\(tool.library)" : tool.library)
        var calls: [Step] = []
        for call in tool.calls {
            calls.append((call, try NativeFunction(call, at: library.address(of: call.symbol))))
        }
        self.calls = calls
    }
}
