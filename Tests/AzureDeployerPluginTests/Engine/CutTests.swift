// SPDX-License-Identifier: Apache-2.0

import AzureTestbed
import DeployerKit
import DeployerTestbed
import JSONValue
import MegaraptorErrors
import Testing

@testable import AzureDeployerPlugin

/// The connection breaks at each change that is asked for, before it or after it; then the same step comes again.
@Suite("Connections that break", .timeLimit(.minutes(3)))
struct CutTests {
    /// Does an operation's steps, each again where it fails.
    private static func persist(
        _ bench: Bench,
        _ operation: DeploymentOperation,
        _ request: DeploymentRequest
    ) async throws -> Int {
        let plan = try await bench.plan(operation, request)
        var failures = 0
        for step in Bench.steps(plan) {
            if await failure({ try await bench.apply(step, of: plan, operation, request) }) != nil {
                failures += 1
                try await bench.apply(step, of: plan, operation, request)
            }
        }
        return failures
    }

    @Test("create makes nothing twice", arguments: 1...2, [false, true])
    func create(change: Int, isAfter: Bool) async throws {
        try await Bench.with { bench, request in
            bench.fault { $0.cut = .init(change: change, isAfter: isAfter) }
            let failures = try await Self.persist(bench, .create, request)
            #expect(failures == 1)
            for id in bench.azure.resourceIDs where bench.azure.timesMade(id) != 0 {
                #expect(bench.azure.timesMade(id) == 1, "\(id)")
            }
            #expect(try await bench.status(request).condition == .running)
            #expect(bench.azure.groups == [bench.name])
        }
    }

    @Test("update changes nothing twice", arguments: [false, true])
    func update(isAfter: Bool) async throws {
        try await Bench.with { bench, request in
            try await bench.run(.create, request)
            try bench.writeConfig("two")
            bench.fault { $0.cut = .init(change: 1, isAfter: isAfter) }
            #expect(try await Self.persist(bench, .update, request) == 1)
            #expect(bench.azure.secretValues(bench.secret).count == 2)
            #expect(bench.azure.timesMade(bench.machine) == 2)
        }
    }

    @Test("restart restarts once", arguments: [false, true])
    func restart(isAfter: Bool) async throws {
        try await Bench.with { bench, request in
            try await bench.run(.create, request)
            bench.fault { $0.cut = .init(change: 1, isAfter: isAfter) }
            #expect(try await Self.persist(bench, .restart, request) == 1)
            #expect(bench.azure.restarts(bench.machine) == 1)
        }
    }

    @Test("destroy ends, wherever it breaks", arguments: [false, true], [false, true])
    func destroy(hasData: Bool, isAfter: Bool) async throws {
        try await Bench.with { bench, request in
            try await bench.run(.create, request)
            let plan = try await bench.ask("removal", request, ["delete_data": .bool(hasData)])
            var failures = 0
            for step in Bench.steps(plan) {
                // Each step's first change, if it has one.
                bench.fault { $0.cut = .init(change: 1, isAfter: isAfter) }
                let arguments: JSONObject = ["plan": plan, "digest": plan["digest"] ?? .null, "step": .string(step)]
                if await failure({ _ = try await bench.ask("destroy", request, arguments) }) != nil {
                    failures += 1
                    _ = try await bench.ask("destroy", request, arguments)
                }
            }
            #expect(failures == Bench.steps(plan).count - 1, "each but the last changes something")
            #expect(bench.azure.resource(bench.machine) == nil)
            #expect((bench.azure.resource(bench.disk) == nil) == hasData)
            #expect(bench.azure.groups == (hasData ? [] : [bench.name]))
        }
    }
}
