// SPDX-License-Identifier: Apache-2.0

import GRPCTransport
import VQLEvaluator
import VelociraptorAPI

extension LabService {
    var huntMethods: [String: UnaryMethod] {
        [
            "/proto.API/GetHunt": { bytes, _ throws(GRPCStatus) in
                let id = try Self.decode(Proto_GetHuntRequest.self, bytes).huntID
                guard let row = server.huntRows(where: { $0.id == id }).first else {
                    throw GRPCStatus(.notFound, "Hunt not found: \(id)")
                }
                return try Self.encode(Self.message(Proto_Hunt.self, row))
            },
            "/proto.API/ModifyHunt": { bytes, account throws(GRPCStatus) in
                try Self.require(.startHunt, of: account, "modify hunts")
                modify(try Self.decode(Proto_HuntMutation.self, bytes))
                return try Self.encode(Proto_Empty())
            },
            "/proto.API/EstimateHunt": { bytes, account throws(GRPCStatus) in
                try Self.require(.readResults, of: account, "view hunt results")
                let request = try Self.decode(Proto_HuntEstimateRequest.self, bytes)
                var answer = Proto_HuntStats()
                let condition = Hunt.Condition(request.condition)
                answer.totalClientsScheduled = UInt64(server.estimate(condition, lastActive: request.lastActive))
                return try Self.encode(answer)
            },
        ]
    }

    /// Changes what the message sets. A hunt that is not known, and a state that the server no longer acts upon such as
    /// ARCHIVED, pass in silence.
    private func modify(_ mutation: Proto_HuntMutation) {
        let id = mutation.huntID
        switch mutation.state {
        case .running: server.change(id, .start)
        case .stopped: server.change(id, .stop)
        case .paused: server.change(id, .pause)
        default: break
        }
        if !mutation.description_p.isEmpty { server.change(id, .describe(mutation.description_p)) }
        if mutation.expires > 0 {
            server.change(id, .expire(Instant(microseconds: Int64(clamping: mutation.expires))))
        }
        if !mutation.tags.isEmpty {
            let old = server.hunt(id)?.tags ?? []
            server.change(id, .tag(add: mutation.tags, remove: old))
        }
    }
}

extension Hunt.Condition {
    init(_ message: Proto_HuntCondition) {
        self.init(
            includedLabels: message.labels.label,
            excludedLabels: message.excludedLabels.label,
            system: Self.systems[message.os.os]
        )
    }

    private static let systems: [Proto_HuntOsCondition.OS: OperatingSystem] = [
        .windows: .windows, .linux: .linux, .x: .darwin,
    ]
}
