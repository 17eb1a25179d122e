// SPDX-License-Identifier: Apache-2.0

import JSONValue
import SwiftProtobuf
import Testing
import VelociraptorAPI
import VelociraptorLab

@Suite("The lab describes its symbols")
struct HelpTests {
    private func help(_ name: String, _ type: String, _ client: LabClient) async throws -> JSONValue? {
        try await client.query(
            "SELECT * FROM help() WHERE name = N AND type = T",
            env: ["N": name, "T": type]
        ).rows.first
    }

    @Test("help() has arguments and permissions of plugins and functions, and keywords")
    func rows() async throws {
        try await withLab { lab in
            let client = try LabClient(lab)
            let clients = try #require(try await help("clients", "Plugin", client))
            #expect(clients["description"]?.stringValue?.isEmpty == false)
            #expect(clients["args"]?.arrayValue?.contains { $0["name"] == "search" && $0["type"] == "string" } == true)
            #expect(clients["metadata"]?["permissions"] == "READ_RESULTS")
            let collect = try #require(try await help("collect_client", "Function", client))
            #expect(
                collect["args"]?.arrayValue?.contains { $0["name"] == "artifacts" && $0["repeated"] == true } == true
            )
            let keyword = try #require(try await help("SELECT", "Keyword", client))
            #expect(keyword["args"] == .null)
        }
    }

    @Test("GetKeywordCompletions has the same symbols")
    func completions() async throws {
        try await withLab { lab in
            let client = try LabClient(lab, as: .reader)
            let answer: Proto_KeywordCompletions = try await client.unary("GetKeywordCompletions", Proto_Empty())
            let count = try await LabClient(lab).query("SELECT count() AS n FROM help() GROUP BY 1").rows.last?["n"]
            #expect(count == .integer(Int64(answer.items.count)) && answer.items.count > 300)
            let hunt = try #require(answer.items.first { $0.name == "hunt" && $0.type == "Function" })
            #expect(hunt.args.contains { $0.name == "include_labels" && $0.repeated })
            #expect(hunt.metadata["permissions"] == "START_HUNT,ORG_ADMIN")
        }
    }
}
