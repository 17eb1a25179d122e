// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorErrors
import PluginHost
import PluginManifest
import Synchronization

/// A host in which the fixture in Swift asks providers: its own, and somebody else's.
struct Asking {
    static let asker = "org.megaraptor.fixture.swift"
    static let third = "org.megaraptor.fixture.misdeeds"

    let plugins: FixturePlugins
    let test: HostUnderTest

    /// - Parameters:
    ///   - isolation: where the one who asks runs; somebody else's provider has a process of its own.
    ///   - change: what is to be another in the asker's manifest.
    init(
        isolation: PluginManifest.Isolation = .inProcess,
        withThird: Bool = true,
        change: (inout PluginManifest) -> Void = { _ in }
    ) throws {
        plugins = try FixturePlugins()
        var asker = try plugins.swift(isolation: isolation)
        change(&asker)
        test = HostUnderTest(withThird ? [asker, try plugins.third()] : [asker], state: plugins.folder)
    }

    var host: PluginHost { test.host }

    /// What the tool `ask_provider` answers.
    func ask(
        _ provider: String,
        _ operation: String,
        _ more: JSONObject = [:],
        timeout: Duration? = .seconds(300),
        progress: (@Sendable (Double, Double?, String) -> Void)? = nil,
        elicit: HostCall.Elicit? = nil
    ) async throws -> JSONValue {
        var arguments: JSONObject = ["provider": .string(provider), "operation": .string(operation)]
        for (key, value) in more { arguments[key] = value }
        return try await tool("ask_provider", .object(arguments), timeout, progress, elicit)
    }

    func tool(
        _ name: String,
        _ arguments: JSONValue = [:],
        _ timeout: Duration? = .seconds(300),
        _ progress: (@Sendable (Double, Double?, String) -> Void)? = nil,
        _ elicit: HostCall.Elicit? = nil
    ) async throws -> JSONValue {
        let bytes = try await host.call(
            HostCall(
                plugin: Self.asker,
                method: "tools/call",
                params: ["name": .string(name), "arguments": arguments],
                timeout: timeout,
                progress: progress,
                elicit: elicit
            )
        )
        return try JSONValue(json: bytes)["structuredContent"] ?? .null
    }

    func hasLine(_ end: String) -> Bool { test.log.lines.contains { $0.hasSuffix(end) } }

    /// Waits until the log has a line that ends so.
    func waitForLine(_ end: String) async throws {
        while !hasLine(end) { try await Task.sleep(for: .milliseconds(5)) }
    }
}

/// Keeps what a test is told, on whatever thread.
final class Told<Value: Sendable>: Sendable {
    private let values = Mutex<[Value]>([])

    var all: [Value] { values.withLock { $0 } }

    func add(_ value: Value) { values.withLock { $0.append(value) } }
}
