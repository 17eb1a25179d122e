// SPDX-License-Identifier: Apache-2.0

public import JSONValue
public import MegaraptorErrors
internal import PluginManifest
internal import Synchronization

/// The tools of a plugin that are C functions, declared in its manifest.
///
/// A wrong declaration can crash the process, so this belongs into the process lane. Calls are made one at a time:
/// few C libraries say that their functions may run at once. A call blocks its thread and cannot be stopped.
public final class NativePlugin: Sendable {
    private let folder: String
    private let tools: [String: NativeTool]
    /// Held during a call.
    private let opened = Mutex<[String: PreparedTool]>([:])

    /// - Parameters:
    ///   - folder: where the manifest lies.
    ///   - tools: the checked manifest's ``PluginManifest/nativeTools``.
    public init(folder: String, tools: JSONObject) {
        self.folder = folder
        self.tools = Dictionary(tools.map { ($0.key, NativeTool(checked: $0.value)) }) { first, _ in first }
    }

    public func has(_ tool: String) -> Bool { tools[tool] != nil }

    /// Calls a tool with arguments that its input_schema has accepted.
    /// - Returns: what MCP calls a tool result, with `structuredContent`.
    public func call(tool name: String, arguments: JSONValue) throws(MegaraptorError) -> JSONValue {
        guard let tool = tools[name] else {
            throw MegaraptorError(.notFound, "There is no native tool \"\(name)\" in \(folder).")
        }
        return try opened.withLock { opened throws(MegaraptorError) in
            if opened[name] == nil { opened[name] = try PreparedTool(tool, folder: folder) }
            var run = NativeRun(inputs: arguments.objectValue ?? [:])
            return ["structuredContent": .object(try run.perform(opened[name]?.calls ?? []))]
        }
    }

    /// Whether the tools' libraries and functions are there, as an answer to `health`. Calls none of them.
    public func health() -> JSONValue {
        let checks = tools.sorted { $0.key < $1.key }.map { name, tool -> JSONValue in
            do throws(MegaraptorError) {
                _ = try PreparedTool(tool, folder: folder)
                return ["id": "native.\(name)", "status": "ok", "message": "\(tool.library) has its functions."]
            } catch {
                let message = JSONValue.string("\(error.message) \(error.cause ?? "")")
                return ["id": "native.\(name)", "status": "broken", "message": message, "fix": .string(error.hint)]
            }
        }
        return ["status": "serving", "checks": .array(checks)]
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
