// SPDX-License-Identifier: Apache-2.0

import GRPCTransport
import JSONValue
import MegaraptorErrors
import Testing
import VelociraptorAPI

@testable import VelociraptorPlugin

/// Sends a recorded exchange again, message by message, and looks at what this side makes of it.
@Suite("Recorded exchanges", .timeLimit(.minutes(1)))
struct ReplayTests {
    @Test(
        "a failed exchange is an error with the right code, never an empty result",
        arguments: [
            ("err_syntax", MegaraptorError.Code.invalidArgument),
            ("err_syntax2", .invalidArgument),
            ("err_unknown_plugin", .invalidArgument),
            ("err_unknown_arg", .invalidArgument),
            ("err_query_list_empty", .invalidArgument),
            ("clients_search_os", .invalidArgument),
            ("clients_badarg_limit", .invalidArgument),
            ("trailing_semicolon", .invalidArgument),
            ("literal_array", .invalidArgument),
            ("artifact_unknown", .notFound),
            ("flows_malformed_client", .notFound),
            ("hunt_results_unknown_hunt", .notFound),
            ("org_unknown", .notFound),
            ("perm_reader_clients", .permissionDenied),
            ("perm_reader_scope", .permissionDenied),
            ("perm_readapi_info", .permissionDenied),
            ("perm_investigator_execve", .permissionDenied),
            ("user_gone_after", .unauthenticated),
            ("request_5MB", .resourceExhausted),
            ("range_100000_wide_max_row_100000", .resourceExhausted),
            ("deadline_client_2s", .deadlineExceeded),
            ("tls_gui_port", .failedPrecondition),
        ]
    )
    func failures(name: String, code: MegaraptorError.Code) async throws {
        let exchange = try Recorded.exchange(name)
        try await Self.replay(exchange) { client in
            let thrown = await #expect(throws: MegaraptorError.self) { try await client.run(Self.query) }
            #expect(thrown?.code == code, "\(thrown.map(String.init(describing:)) ?? "no error")")
            #expect(thrown?.message.isEmpty == false)
        }
    }

    @Test(
        "rows that came with a failure are kept, and the failure is told",
        arguments: [
            ("timeout_server_2s", MegaraptorError.Code.deadlineExceeded),
            ("server_stopped_mid_stream", .unavailable),
            ("err_unknown_column", .invalidArgument),
            ("perm_onlyapi_label", .permissionDenied),
            ("collect_unknown_client_wellformed_nolabel", .notFound),
            ("err_missing_required_arg", .invalidArgument),
            ("collect_unknown_artifact", .notFound),
        ]
    )
    func partial(name: String, code: MegaraptorError.Code) async throws {
        let exchange = try Recorded.exchange(name)
        try await Self.replay(exchange) { client in
            let result = try await client.run(Self.query)
            #expect(result.rowCount == exchange["num_rows"]?.integerValue.map(Int.init))
            #expect(result.failures.map(\.code) == [code])
            await #expect(throws: MegaraptorError.self) { try await client.rows(Self.query) }
        }
    }

    @Test(
        "the rows of a good exchange arrive as they were sent",
        arguments: [
            "clients_limit3", "whoami", "config_version", "client_info_function", "multi_select", "encodings",
            "env_parse", "timestamps_normalised", "clients_unknown_id",
            "multi_statement", "let_only", "orgs", "dup_column",
        ]
    )
    func rows(name: String) async throws {
        let exchange = try Recorded.exchange(name)
        try await Self.replay(exchange) { client in
            let result = try await client.run(Self.query)
            #expect(result.failures.isEmpty)
            let rows = try result.statements.sorted { $0.key < $1.key }.flatMap { try $0.value.values() }
            let recorded = exchange["rows"]?.arrayValue ?? []
            #expect(Array(rows.prefix(recorded.count)) == recorded)
            #expect(rows.count == exchange["num_rows"]?.integerValue.map(Int.init))
        }
    }

    private static let query = VQLQuery("SELECT 1", effect: .mayChange)

    private static func replay(_ exchange: JSONValue, _ body: (VelociraptorClient) async throws -> Void) async throws {
        try await ScriptedServer.with { query, _ in
            var player = Player(exchange)
            while let response = try player.next() { try await query.call.send(APIMessage.bytes(of: response)) }
            return player.status
        } _: { server in
            try await body(server.client())
        }
    }
}

/// The messages of a recorded exchange. Long answers are cut in the records; they are made whole from the rows.
private struct Player {
    private let exchange: JSONValue
    private var messages: ArraySlice<JSONValue>
    private var rows: ArraySlice<JSONValue>

    init(_ exchange: JSONValue) {
        self.exchange = exchange
        messages = (exchange["messages"]?.arrayValue ?? [])[...]
        rows = (exchange["rows"]?.arrayValue ?? [])[...]
    }

    var status: GRPCStatus {
        guard let error = exchange["grpc_error"], let number = error["code_number"]?.integerValue else { return .ok }
        return GRPCStatus(
            GRPCStatus.Code(rawValue: Int32(number)) ?? .unknown,
            error["details"]?.stringValue ?? ""
        )
    }

    mutating func next() throws -> Proto_VQLResponse? {
        guard let message = messages.popFirst() else { return nil }
        var response = Proto_VQLResponse()
        response.log = message["log"]?.stringValue ?? ""
        response.columns = (message["Columns"]?.arrayValue ?? []).compactMap(\.stringValue)
        response.queryID = UInt64(message["query_id"]?.integerValue ?? 0)
        response.part = UInt64(message["part"]?.integerValue ?? 0)
        response.timestamp = UInt64(message["timestamp"]?.integerValue ?? 0)
        if let text = message["Response"]?.stringValue { response.response = try whole(text) }
        return response
    }

    private mutating func whole(_ text: String) throws -> String {
        guard text.hasSuffix(" characters)") else {
            rows = rows.dropFirst(try JSONValue(json: text).arrayValue?.count ?? 0)
            return text
        }
        // A cut text begins with its first row; the records that are replayed here have one row in such a message.
        guard let row = rows.popFirst() else { return "[]" }
        return JSONValue.array([row]).json()
    }
}
