// SPDX-License-Identifier: Apache-2.0

import GRPCTransport
import SwiftProtobuf
import VQLEvaluator
import VelociraptorAPI

extension LabService {
    var flowMethods: [String: UnaryMethod] {
        [
            "/proto.API/CollectArtifact": { bytes, account throws(GRPCStatus) in
                try collect(try Self.decode(Proto_ArtifactCollectorArgs.self, bytes), by: account)
            },
            "/proto.API/CancelFlow": { bytes, account throws(GRPCStatus) in
                try Self.require(.collectClient, of: account, "cancel flows")
                let request = try Self.decode(Proto_ApiFlowRequest.self, bytes)
                server.cancel(request.flowID, of: request.clientID, by: account.name)
                return try Self.encode(Proto_StartFlowResponse.with { $0.flowID = request.flowID })
            },
            "/proto.API/GetFlowDetails": { bytes, _ throws(GRPCStatus) in
                let request = try Self.decode(Proto_ApiFlowRequest.self, bytes)
                var details = Proto_FlowDetails()
                if let flow = server.flow(request.flowID, of: request.clientID) {
                    let row = flow.row(at: server.now)
                    details.context = try Self.message(Proto_ArtifactCollectorContext.self, row)
                    details.availableDownloads = Proto_AvailableDownloads()
                }
                return try Self.encode(details)
            },
        ]
    }

    private func collect(
        _ message: Proto_ArtifactCollectorArgs,
        by account: Account
    ) throws(GRPCStatus) -> [UInt8] {
        let right: Permission = message.clientID == "server" ? .collectServer : .collectClient
        try Self.require(right, of: account, "launch flows \(right.rawValue)")
        let made: CollectionRequest
        do {
            made = try server.collect(CollectionRequest(message, by: account.name))
        } catch {
            let text = (error as? VQLFailure)?.message ?? "\(error)"
            throw GRPCStatus(text.hasSuffix("NotFoundError") ? .notFound : .unknown, text)
        }
        var answer = Proto_ArtifactCollectorResponse()
        answer.flowID = made.flowID
        answer.request = try Self.message(Proto_ArtifactCollectorArgs.self, made.row())
        return try Self.encode(answer)
    }
}

extension CollectionRequest {
    fileprivate init(_ message: Proto_ArtifactCollectorArgs, by user: String) {
        self.init(creator: user, clientID: message.clientID, artifacts: message.artifacts)
        specifications = message.specs.map { spec in
            let parameters = spec.parameters.env.map { Parameter(name: $0.key, value: $0.value) }
            return Specification(artifact: spec.artifact, parameters: parameters)
        }
        isUrgent = message.urgent
        timeout = Int64(clamping: message.timeout)
        cpuLimit = Double(message.cpuLimit)
        iopsLimit = Double(message.iopsLimit)
        operationsPerSecond = Double(message.opsPerSecond)
        maxRows = Int64(clamping: message.maxRows)
        if message.maxUploadBytes > 0 { maxUploadBytes = Int64(clamping: message.maxUploadBytes) }
    }
}
