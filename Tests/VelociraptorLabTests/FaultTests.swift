// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRPCTransport
import JSONValue
import SwiftProtobuf
import Testing
import VelociraptorAPI
import VelociraptorLab

@Suite("Faults on demand")
struct FaultTests {
    private static let rows = "SELECT _value FROM range(end=1000)"

    @Test("A dropped connection is UNAVAILABLE after the rows before it, and the lab answers again")
    func drop() async throws {
        try await withLab { lab in
            let client = try LabClient(lab)
            let broken = try await client.query(Self.rows, maxRows: 10, env: ["LAB_FAULT": "drop_after=105"])
            #expect(broken.status.code == .unavailable)
            #expect(try broken.rows.count >= 100)
            #expect(try broken.rows.count <= 105)
            var answer = try await client.query(Self.rows)
            let end = ContinuousClock.now + .seconds(20)
            while answer.status.code == .unavailable, ContinuousClock.now < end {
                await Task.yield()
                answer = try await client.query(Self.rows)
            }
            #expect(try answer.rows.count == 1000)
        }
    }

    @Test("A lab can be unavailable for a while, by its control file or in the process")
    func unavailable() async throws {
        try await withLab { lab in
            let client = try LabClient(lab)
            let file = lab.directory + "/fault"
            try "unavailable\n".write(toFile: file, atomically: true, encoding: .utf8)
            #expect(try await client.query(Self.rows).status.code == .unavailable)
            try FileManager.default.removeItem(atPath: file)
            #expect(try await client.query(Self.rows).status.isOK)
            try lab.setFault("unavailable")
            #expect(try await client.query(Self.rows).status.code == .unavailable)
            try lab.setFault(nil)
            #expect(try await client.query(Self.rows).status.isOK)
        }
    }

    @Test("A slow answer meets the client's deadline")
    func slow() async throws {
        try await withLab { lab in
            let client = try LabClient(lab)
            for fault in ["delay=60000", "row_delay=60000"] {
                let answer = try await client.query(
                    .with {
                        $0.query = [.with { $0.vql = Self.rows }]
                        $0.env = [
                            .with {
                                $0.key = "LAB_FAULT"
                                $0.value = fault
                            }
                        ]
                    },
                    deadline: .milliseconds(300)
                )
                #expect(answer.status.code == .deadlineExceeded, "\(fault)")
            }
        }
    }

    @Test("An unknown fault is refused, and a query never sees the variable")
    func words() async throws {
        try await withLab { lab in
            let client = try LabClient(lab)
            let unknown = try await client.query(Self.rows, env: ["LAB_FAULT": "explode"])
            #expect(unknown.status.code == .invalidArgument)
            let hidden = try await client.query("SELECT LAB_FAULT AS f FROM scope()", env: ["LAB_FAULT": "delay=0"])
            #expect(try hidden.rows == [["f": nil]])
        }
    }
}
