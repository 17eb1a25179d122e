// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorPluginKit

extension ConformancePlugin {
    /// Tools that take a moment and say something meanwhile.
    var runningTools: [Tool] {
        [
            Self.tool("test_tool_with_progress", "Reports progress at 0, 50 and 100.") { context in
                for done in [0.0, 50, 100] {
                    context.progress(done, of: 100)
                    try await Task.sleep(for: .milliseconds(50))
                }
                return ToolResult(text: "done")
            },
            Self.tool("test_logging_tool", "Writes to the host's log, which no client sees.") { context in
                context.host.log(.info, "the logging tool ran")
                return ToolResult(text: "logged")
            },
        ]
    }
}
