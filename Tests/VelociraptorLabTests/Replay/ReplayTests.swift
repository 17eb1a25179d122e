// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import VelociraptorLab

@Suite("The lab answers like the recorded server")
struct ReplayTests {
    @Test("Recorded queries get the recorded status, columns, types, kinds of row count and log lines")
    func queries() async throws {
        let plan = try ReplayPlan.load()
        let exchanges = try RecordedExchange.all()
        let known = Set(exchanges.map(\.name))
        for name in plan.omitted.keys { #expect(known.contains(name), "\(name) is omitted and not recorded") }
        var matched = 0
        var compared = 0
        try await withLab(.recorded) { lab in
            var replayer = Replayer(lab)
            for exchange in exchanges where exchange.request != nil && exchange.user != nil {
                for step in plan.steps[exchange.name] ?? [] { try await replayer.take(step) }
                if plan.omitted[exchange.name]?.hasPrefix("not sent: ") == true { continue }
                let differences = try await replayer.differences(in: exchange)
                compared += 1
                if differences.isEmpty { matched += 1 }
                if let reason = plan.omitted[exchange.name] {
                    #expect(!differences.isEmpty, "\(exchange.name) matches now and need not be omitted: \(reason)")
                } else {
                    #expect(differences.isEmpty, "\(exchange.name): \(differences.joined(separator: "; "))")
                }
            }
        }
        print("replay: \(matched) of \(compared) exchanges match, \(plan.omitted.count) are omitted with a reason")
        #expect(matched >= 220)
    }
}
