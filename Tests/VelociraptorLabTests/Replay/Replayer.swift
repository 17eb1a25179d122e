// SPDX-License-Identifier: Apache-2.0

import GRPCTransport
import JSONValue
import SwiftProtobuf
import VelociraptorAPI
import VelociraptorLab

/// Sends recorded requests to a lab, one after the other, and compares what comes back.
///
/// Ids of flows and hunts that the lab makes stand for those of the recording from then on.
struct Replayer {
    private let lab: RunningLab
    private var clients: [LabUser: LabClient] = [:]
    private var identifiers: [String: String] = [:]

    init(_ lab: RunningLab) { self.lab = lab }

    /// Takes a step that was not recorded.
    mutating func take(_ step: ReplayPlan.Step) async throws {
        var request = Proto_VQLCollectorArgs()
        request.query = [.with { $0.vql = translated(step.vql) }]
        let answer = try await client(.administrator).query(request)
        for (recorded, path) in step.binds {
            let value = path.split(separator: ".").reduce(try answer.rows.first) { $0?[String($1)] }
            if let made = value?.stringValue { bind(recorded, made) }
        }
    }

    /// The differences between the recorded answer and the lab's.
    mutating func differences(in exchange: RecordedExchange) async throws -> [String] {
        guard var request = exchange.request, let user = exchange.user else { return ["not a query"] }
        for place in request.query.indices { request.query[place].vql = translated(request.query[place].vql) }
        for place in request.env.indices { request.env[place].value = translated(request.env[place].value) }
        let answer = try await client(user).query(request, deadline: exchange.deadline)
        let rows = try answer.rows
        bind(exchange, rows)
        var found: [String] = []
        if exchange.statusName != answer.status.code.recordedName {
            found.append("status \(exchange.statusName) recorded, \(answer.status) here")
        }
        if Count(exchange.rowCount) != Count(rows.count) {
            found.append("\(exchange.rowCount) rows recorded, \(rows.count) here")
        }
        if let recorded = exchange.rows.first, let row = rows.first,
            let difference = Shape.difference(try JSONValue(json: translated(recorded.json())), row)
        {
            found.append(difference)
        }
        let isCut = exchange.log.contains { $0.hasPrefix("…(") }
        let recorded = LogClass.sequence(exchange.log.map(translated))
        let log = LogClass.sequence(answer.log)
        if recorded != log, !(isCut && log.starts(with: recorded)) {
            found.append("log \(recorded) recorded, \(log) here")
        }
        return found
    }

    /// None, one or many.
    private enum Count: Equatable {
        case none
        case one
        case many

        init(_ count: Int) { self = count == 0 ? .none : count == 1 ? .one : .many }
    }

    private mutating func client(_ user: LabUser) throws -> LabClient {
        if let client = clients[user] { return client }
        let client = try LabClient(lab, as: user)
        clients[user] = client
        return client
    }

    private func translated(_ text: String) -> String {
        identifiers.reduce(text) { $0.replacing($1.key, with: $1.value) }
    }

    /// Notes which of the lab's new flows and hunts are the recorded ones.
    private mutating func bind(_ exchange: RecordedExchange, _ rows: [JSONValue]) {
        guard let recorded = exchange.rows.first?.objectValue?.first?.value,
            let made = rows.first?.objectValue?.first?.value
        else { return }
        for key in ["flow_id", "HuntId"] {
            if let old = recorded[key]?.stringValue, let new = made[key]?.stringValue, identifiers[old] == nil {
                bind(old, new)
            }
        }
    }

    private mutating func bind(_ old: String, _ new: String) {
        identifiers[old] = new
        // A hunt's flows are named after it.
        if old.hasPrefix("H.") { identifiers["F.\(old.dropFirst(2)).H"] = "F.\(new.dropFirst(2)).H" }
    }
}

extension GRPCStatus.Code {
    /// `PERMISSION_DENIED`, as the recordings write it.
    fileprivate var recordedName: String {
        var name = ""
        for character in "\(self)" {
            if character.isUppercase { name.append("_") }
            name += character.uppercased()
        }
        return name
    }
}
