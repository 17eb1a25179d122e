// SPDX-License-Identifier: Apache-2.0

import GRPCTransport
import SwiftProtobuf
import VQL
import VQLEvaluator
import VelociraptorAPI

extension LabService {
    typealias UnaryMethod = @Sendable (_ request: [UInt8], _ account: Account) throws(GRPCStatus) -> [UInt8]

    /// The methods that answer with one message. Unlike queries they fail with the proper codes.
    var unaryMethods: [String: UnaryMethod] {
        clientMethods.merging(flowMethods) { first, _ in first }.merging(huntMethods) { first, _ in first }
    }

    private var clientMethods: [String: UnaryMethod] {
        [
            "/proto.API/GetClient": { bytes, _ throws(GRPCStatus) in
                let request = try Self.decode(Proto_GetClientRequest.self, bytes)
                guard let row = server.clientRow(request.clientID) else { return [] }
                return try Self.encode(Self.message(Proto_ApiClient.self, row))
            },
            "/proto.API/GetKeywordCompletions": { _, _ throws(GRPCStatus) in
                var completions = Proto_KeywordCompletions()
                for row in VQLHelp.rows { completions.items.append(try Self.message(Proto_Completion.self, row)) }
                return try Self.encode(completions)
            },
            "/proto.API/ListClients": { bytes, _ throws(GRPCStatus) in try listClients(bytes) },
            "/proto.API/LabelClients": { bytes, account throws(GRPCStatus) in try labelClients(bytes, account) },
            "/proto.API/GetUserUITraits": { _, account throws(GRPCStatus) in
                var user = Proto_ApiUser()
                user.username = account.name
                user.interfaceTraits.permissions = try Self.message(Proto_ApiClientACL.self, account.policy(in: .root))
                user.userType = account.roles.contains(.administrator) ? .admin : .standard
                for server in organizations.all where !account.roles(in: server.organization).isEmpty {
                    user.orgs.append(
                        .with {
                            $0.name = server.organization.name
                            $0.id = server.organization.id
                        }
                    )
                }
                return try Self.encode(user)
            },
        ]
    }

    func check(_ bytes: [UInt8]) throws(GRPCStatus) -> [UInt8] {
        _ = try Self.decode(Proto_HealthCheckRequest.self, bytes)
        return try Self.encode(Proto_HealthCheckResponse.with { $0.status = .serving })
    }

    private func listClients(_ bytes: [UInt8]) throws(GRPCStatus) -> [UInt8] {
        let request = try Self.decode(Proto_SearchClientsRequest.self, bytes)
        let search: ClientSearch
        do {
            search = try ClientSearch(request.query)
        } catch {
            throw GRPCStatus(.unknown, (error as? VQLFailure)?.message ?? "Invalid search")
        }
        var rows: [VQLRow] = []
        server.forEachClient(matching: search) { rows.append($0) }
        let limit = request.limit == 0 ? rows.count : Int(clamping: request.limit)
        var response = Proto_SearchClientsResponse()
        for row in rows.dropFirst(Int(clamping: request.offset)).prefix(limit) {
            response.items.append(try Self.message(Proto_ApiClient.self, row))
        }
        response.total = UInt64(rows.count)
        response.searchTerm = request
        return try Self.encode(response)
    }

    private func labelClients(_ bytes: [UInt8], _ account: Account) throws(GRPCStatus) -> [UInt8] {
        let request = try Self.decode(Proto_LabelClientsRequest.self, bytes)
        try Self.require(.labelClients, of: account, "label clients")
        if let operation = LabServer.LabelOperation(rawValue: request.operation) {
            for client in request.clientIds { _ = server.label(client, request.labels, operation) }
        }
        return try Self.encode(Proto_APIResponse())
    }

    /// - Parameter action: what the user may not do without the right, as the server's sentence ends.
    static func require(_ right: Permission, of account: Account, _ action: String) throws(GRPCStatus) {
        guard account.permissions(in: .root).contains(right) else {
            throw GRPCStatus(.permissionDenied, "User is not allowed to \(action).")
        }
    }

    // MARK: - Messages

    static func encode(_ message: some SwiftProtobuf.Message) throws(GRPCStatus) -> [UInt8] {
        do {
            return try message.serializedBytes()
        } catch {
            throw GRPCStatus(.internal, "grpc: error while marshaling: \(error)")
        }
    }

    /// A record as a message: rows have the names of the message's fields.
    static func message<Message: SwiftProtobuf.Message>(
        _ type: Message.Type,
        _ row: VQLRow
    ) throws(GRPCStatus) -> Message {
        var options = JSONDecodingOptions()
        options.ignoreUnknownFields = true
        do {
            return try Message(jsonString: VQLValue.dict(row).jsonText, options: options)
        } catch {
            throw GRPCStatus(.internal, "The lab cannot show a record as \(type): \(error)")
        }
    }
}
