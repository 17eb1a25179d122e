// SPDX-License-Identifier: Apache-2.0

import GRPCTransport
import JSONValue
import SwiftProtobuf
import Testing
import VelociraptorAPI
import VelociraptorLab

@Suite("The stream of a query has the server's shape")
struct StreamTests {
    private func request(_ queries: [(name: String, vql: String)], maxRows: UInt64 = 0) -> Proto_VQLCollectorArgs {
        .with { request in
            request.maxRow = maxRows
            request.query = queries.map { query in
                .with {
                    $0.name = query.name
                    $0.vql = query.vql
                }
            }
        }
    }

    @Test("Without max_row an empty part comes first and then each row by itself, each after its log line")
    func rowByRow() async throws {
        try await withLab { lab in
            let answer = try await LabClient(lab).query(request([("", "SELECT _value FROM range(end=3)")]))
            #expect(answer.parts.map(\.response) == ["[]", #"[{"_value":0}]"#, #"[{"_value":1}]"#, #"[{"_value":2}]"#])
            #expect(answer.parts.map(\.part) == [0, 1, 2, 3])
            #expect(answer.parts.map(\.columns) == [[], ["_value"], ["_value"], ["_value"]])
            #expect(
                answer.messages.map { $0.log.isEmpty ? "rows" : $0.log } == [
                    "Starting query execution.\n", "Time 0: : Sending response part 0 2 B (0 rows).\n", "rows",
                    "Time 0: : Sending response part 1 14 B (1 rows).\n", "rows",
                    "Time 0: : Sending response part 2 14 B (1 rows).\n", "rows",
                    "Time 0: : Sending response part 3 14 B (1 rows).\n", "rows",
                ]
            )
        }
    }

    @Test("With max_row the parts are full but for the last")
    func parts() async throws {
        try await withLab { lab in
            let client = try LabClient(lab)
            let answer = try await client.query("SELECT _value FROM range(end=250)", maxRows: 100)
            #expect(answer.parts.map(\.part) == [0, 1, 2])
            #expect(try answer.rows.count == 250)
            #expect(answer.log.dropFirst().first?.hasSuffix("part 0 1.4 kB (100 rows).\n") == true)
            #expect(try await client.query("SELECT * FROM range(end=5) WHERE FALSE").parts.map(\.response) == ["[]"])
            #expect(try await client.query("LET X = 1").messages.map(\.log) == ["Starting query execution.\n"])
        }
    }

    @Test("Statements are numbered within their request, and requests share one scope")
    func numbering() async throws {
        try await withLab { lab in
            let answer = try await LabClient(lab).query(
                request(
                    [
                        ("first", "LET X <= 3 SELECT 1 AS a FROM scope() SELECT 2 AS b FROM scope()"),
                        ("second", "SELECT X AS x FROM scope()"),
                    ],
                    maxRows: 10
                )
            )
            #expect(answer.parts.map(\.queryID) == [0, 1, 0])
            #expect(answer.parts.map(\.query.name) == ["first", "first", "second"])
            #expect(try answer.rows == [["a": 1], ["b": 2], ["x": 3]])
            #expect(answer.log.contains("Time 0: second: Sending response part 0 9 B (1 rows).\n"))
        }
    }

    @Test("A query whose client has gone ends, so that the lab can stop")
    func abandoned() async throws {
        try await withLab { lab in
            let endless = request([("", "SELECT _value FROM range(end=1000000000000)")], maxRows: 1000)
            let answer = try await LabClient(lab).query(endless, deadline: .milliseconds(500))
            #expect(answer.status.code == .deadlineExceeded)
        }
    }

    @Test("A syntax error whose excerpt would cut a character ends the call, as it does on the server")
    func unsendable() async throws {
        try await withLab { lab in
            let answer = try await LabClient(lab).query("SELECT 'ééé', b c FROM scope()")
            #expect(answer.status.code == .internal)
            #expect(answer.status.details == "grpc: error while marshaling: string field contains invalid UTF-8")
        }
    }
}
