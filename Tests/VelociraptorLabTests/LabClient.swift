// SPDX-License-Identifier: Apache-2.0

import GRPCTransport
import JSONValue
import SwiftProtobuf
import VelociraptorAPI
import VelociraptorLab

/// A client of a lab with one user's key.
struct LabClient {
    let channel: GRPCChannel

    init(channel: GRPCChannel) { self.channel = channel }

    init(_ lab: RunningLab, as user: LabUser = .administrator, maxReceiveBytes: Int = 4 << 20) throws {
        let keys = lab.credentials(of: user)
        channel = try GRPCChannel(
            GRPCChannelConfiguration(
                target: "127.0.0.1:\(lab.port)",
                tls: GRPCClientTLS(
                    roots: keys.roots,
                    certificate: keys.certificate,
                    privateKey: keys.privateKey,
                    targetName: "VelociraptorServer"
                ),
                maxReceiveBytes: maxReceiveBytes
            )
        )
    }

    /// Runs a request to its end, whatever that is.
    func query(_ request: Proto_VQLCollectorArgs, deadline: Duration = .seconds(60)) async throws -> QueryAnswer {
        var answer = QueryAnswer()
        do throws(GRPCStatus) {
            let bytes: [UInt8] = try encode(request)
            for try await message in channel.serverStreaming("/proto.API/Query", bytes, deadline: deadline) {
                answer.messages.append(try decode(message))
            }
        } catch {
            answer.status = error
        }
        return answer
    }

    /// Runs one text as the administrator's tools would, with `max_row` set.
    func query(_ vql: String, maxRows: UInt64 = 1000, env: [String: String] = [:]) async throws -> QueryAnswer {
        try await query(
            .with {
                $0.query = [.with { $0.vql = vql }]
                $0.maxRow = maxRows
                $0.env = env.map { entry in
                    .with {
                        $0.key = entry.key
                        $0.value = entry.value
                    }
                }
            }
        )
    }

    func unary<Answer: SwiftProtobuf.Message>(
        _ method: String,
        _ request: some SwiftProtobuf.Message
    ) async throws(GRPCStatus) -> Answer {
        try decode(try await channel.unary("/proto.API/" + method, try encode(request), deadline: .seconds(20)))
    }

    private func encode(_ message: some SwiftProtobuf.Message) throws(GRPCStatus) -> [UInt8] {
        do {
            return try message.serializedBytes()
        } catch {
            throw GRPCStatus(.internal, "\(error)")
        }
    }

    private func decode<Message: SwiftProtobuf.Message>(_ bytes: [UInt8]) throws(GRPCStatus) -> Message {
        do {
            return try Message(serializedBytes: bytes)
        } catch {
            throw GRPCStatus(.internal, "\(error)")
        }
    }
}

/// What came back from `Query()`.
struct QueryAnswer {
    var messages: [Proto_VQLResponse] = []
    var status = GRPCStatus.ok

    var log: [String] { messages.map(\.log).filter { !$0.isEmpty } }

    /// The messages that carry rows, also those that carry none.
    var parts: [Proto_VQLResponse] { messages.filter { !$0.response.isEmpty } }

    /// All rows, in order.
    var rows: [JSONValue] {
        get throws {
            try parts.flatMap { try JSONValue(json: Array($0.response.utf8)).arrayValue ?? [] }
        }
    }
}
