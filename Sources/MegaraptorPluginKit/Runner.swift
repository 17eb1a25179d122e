// SPDX-License-Identifier: Apache-2.0

public import JSONValue

/// A way to run tools that have no code: a manifest of any plugin names it in a tool's `run`.
public struct Runner: Sendable {
    /// Says why a tool cannot be run, by throwing; the argument is the tool's entry in its manifest.
    public typealias Check = @Sendable (JSONValue, CallContext) async throws -> Void
    /// Runs a tool: its entry in its manifest, and the arguments, which fit its input schema.
    public typealias Run = @Sendable (JSONValue, JSONValue, CallContext) async throws -> ToolResult

    /// The key in a tool's `run`.
    public let name: String
    public let description: String
    let check: Check
    let run: Run

    /// - Parameters:
    ///   - check: runs before the first call of a tool, and when somebody looks for faults. Must change nothing.
    ///   - run: runs for every call.
    public init(_ name: String, description: String, check: @escaping Check, run: @escaping Run) {
        self.name = name
        self.description = description
        self.check = check
        self.run = run
    }
}
