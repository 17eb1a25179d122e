// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors
internal import MegaraptorPluginKit
internal import VQL
internal import VQLChecks

/// Runs tools that other plugins' manifests write as VQL.
struct VQLToolRunner: Sendable {
    let client: VelociraptorClient
    var isReadOnly = false
    var allowsServerReads = false
    var timeout: Duration = .seconds(60)

    /// The most rows that a call looks at where it does not say.
    static let standardRows = 1000

    /// Says what is wrong with a tool. The server is asked only about artifacts that its query runs there.
    func check(_ definition: JSONValue) async throws(MegaraptorError) {
        let tool = VQLToolDefinition(definition)
        let judged: QueryGate.Judged
        do throws(MegaraptorError) {
            judged = try await gate(nil).judge(tool.query)
        } catch {
            // What cannot be read is told with everything else that is wrong.
            guard error.code == .invalidArgument else { throw error }
            throw Self.refusal(tool.name, VQLToolCheck.faults(in: definition)) ?? error
        }
        let texts = judged.texts
        let faults = VQLToolCheck.faults(in: definition) { texts[$0] }
        if let refusal = Self.refusal(tool.name, faults) { throw refusal }
    }

    /// - Parameter arguments: those that fit the tool's input schema.
    func run(
        _ definition: JSONValue,
        _ arguments: JSONValue,
        budget: (Int?) -> ResultBudget
    ) async throws(MegaraptorError) -> ToolResult {
        let tool = VQLToolDefinition(definition)
        let call = VQLToolCall(arguments, timeout: timeout)
        let judged = try await gate(call.organization).judge(tool.query)
        // The host has asked before a change; what may change in read-only mode is decided here again.
        try gate(call.organization).admit(judged, changes: true)
        try Self.holdToItsWord(tool.name, definition, judged.analysis)
        let page = try await VQLToolPage(client: client, tool: tool, judged: judged, call: call).page()
        return try page.toolResult(judged.needsConsent ? budget(Int.max) : budget(call.resultBytes))
    }

    private func gate(_ organization: String?) -> QueryGate {
        QueryGate(
            isReadOnly: isReadOnly,
            allowsServerReads: allowsServerReads,
            lookup: ArtifactLookup(client: client, organization: organization, timeout: timeout)
        )
    }

    /// An artifact that the query runs on the server may have changed since the tool was checked.
    private static func holdToItsWord(
        _ name: String,
        _ definition: JSONValue,
        _ analysis: QueryAnalysis
    ) throws(MegaraptorError) {
        guard definition["annotations"]?["read_only"] == true, analysis.verdict > .readsInvestigation else { return }
        throw MegaraptorError(
            .failedPrecondition,
            "The tool \(name) says that it only reads, and that is not true any more: "
                + QueryGate.words(analysis, from: .readsServer),
            hint: "Nothing was sent. An artifact that it uses has changed on the server; tell the tool's author.",
            details: QueryGate.details(analysis)
        )
    }

    /// `nil` where nothing is wrong.
    private static func refusal(_ name: String, _ faults: [VQLToolFault]) -> MegaraptorError? {
        guard let first = faults.first else { return nil }
        return MegaraptorError(
            .failedPrecondition,
            "The tool \(name) cannot be used as its manifest has it: "
                + faults.map { VisibleText.escape("\($0)") }.joined(separator: " "),
            hint: "Its author has to correct the manifest; `megaraptor-plugin validate` finds the same.",
            details: ["pointer": .string("\(first.pointer)")]
        )
    }
}

/// What the caller of a tool decides beside the tool's own arguments.
struct VQLToolCall: Sendable {
    static let mostRows = 100_000

    let arguments: JSONValue
    let organization: String?
    let rows: Int
    let cursor: String?
    let timeout: Duration
    let resultBytes: Int?

    /// - Parameter longest: how long the host waits.
    init(_ arguments: JSONValue, timeout longest: Duration) {
        self.arguments = arguments
        func number(_ name: String) -> Int? { arguments[name]?.integerValue.map { Int(clamping: $0) } }
        organization = arguments["org_id"]?.stringValue
        rows = min(max(1, number("max_rows") ?? VQLToolRunner.standardRows), Self.mostRows)
        cursor = arguments["cursor"]?.stringValue
        timeout = min(longest, .seconds(max(1, number("timeout_seconds") ?? 60)))
        resultBytes = number("max_result_bytes")
    }
}
