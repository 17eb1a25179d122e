// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import SSHTestbed
import Testing

@Suite("Whether the server has seen an agent", .timeLimit(.minutes(5)))
struct EnrolmentTests {
    @Test("seen since, by the server's own clock, whatever that says", arguments: [-7200, 0, 7200])
    func seen(clock: Int64) async throws {
        try await RolloutBench.with([.root, .root]) { bench, machines in
            bench.server.setClock(ahead: clock)
            bench.server.sees("someone-else", "C.0")
            bench.server.sees(machines[0].hostname.uppercased(), "C.1")
            bench.server.sees(machines[1].hostname, "C.2")
            let answer = try await bench.deploy(machines, ["verify_seconds": 30])
            #expect(answer.host(machines[0])["enrolled"] == true, "\(answer.json())")
            #expect(answer.host(machines[0])["client_id"] == "C.1")
            #expect(answer.host(machines[1])["client_id"] == "C.2")
            #expect(answer["enrolled"] == 2)
        }
    }

    @Test("one that was only seen before, or by another name, is not enrolled", arguments: [-7200, 0, 7200])
    func notSeen(clock: Int64) async throws {
        try await RolloutBench.with { bench, machines in
            let machine = try #require(machines.first)
            bench.server.setClock(ahead: clock)
            bench.server.sees(machine.hostname, "C.1", age: 600)
            bench.server.sees(machine.hostname + "x", "C.2")
            bench.server.sees("127.0.0.1", "C.3")
            let answer = try await bench.deploy(machines, ["verify_seconds": 1])
            #expect(answer.status(machine) == "installed", "\(answer.json())")
            #expect(answer.host(machine)["enrolled"] == false)
            #expect(answer.host(machine)["client_id"] == nil)
            #expect(answer.host(machine)["reason"]?.stringValue?.contains("has not seen \(machine.hostname)") == true)
            #expect(bench.server.asked > 1, "it is asked again")
        }
    }

    @Test("where labels are given, the agent has to bear them")
    func labels() async throws {
        try await RolloutBench.with([.root, .root]) { bench, machines in
            bench.server.sees(machines[0].hostname, "C.1", labels: ["Case7", "other"])
            bench.server.sees(machines[1].hostname, "C.2", labels: ["other"])
            let answer = try await bench.deploy(machines, ["labels": ["case7"], "verify_seconds": 1])
            #expect(answer.host(machines[0])["enrolled"] == true, "\(answer.json())")
            #expect(answer.host(machines[1])["enrolled"] == false)
            #expect(answer.host(machines[1])["reason"]?.stringValue?.contains("C.2") == true)
        }
    }

    @Test("where nobody can know, nothing is claimed: a silent server, one not asked, machines of one name")
    func unknown() async throws {
        try await RolloutBench.with([.root, .root]) { bench, machines in
            for machine in machines { try machine.fake.write("bin/hostname", "echo same\n") }
            bench.server.sees("same", "C.1")
            let same = try await bench.deploy(machines, ["verify_seconds": 1])
            for machine in machines {
                #expect(same.host(machine)["enrolled"] == .null, "\(same.json())")
                #expect(same.host(machine)["reason"]?.stringValue?.contains("call themselves same") == true)
            }
            let unasked = try await bench.deploy(Array(machines.prefix(1)))
            #expect(unasked.host(machines[0])["enrolled"] == .null)
            #expect(bench.server.asked == 0)
            bench.server.fallSilent()
            let silent = try await bench.deploy(Array(machines.prefix(1)), ["verify_seconds": 1])
            #expect(silent.host(machines[0])["enrolled"] == .null)
            #expect(silent.host(machines[0])["reason"]?.stringValue?.contains("could not be asked") == true)
            #expect(bench.server.asked > 0)
        }
    }
}
