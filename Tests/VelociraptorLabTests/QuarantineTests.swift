// SPDX-License-Identifier: Apache-2.0

import JSONValue
import Testing
import VelociraptorLab

@Suite("Quarantine cuts a client off, and lets it back")
struct QuarantineTests {
    private static let cases: [(host: String, artifact: String, sockets: String, status: String)] = [
        ("ws-finance-07", "Windows.Remediation.Quarantine", "Windows.Network.Netstat", "Status"),
        ("build-01", "Linux.Remediation.Quarantine", "Linux.Network.NetstatEnriched", "Status"),
        ("mac-design-01", "MacOS.Remediation.Quarantine", "MacOS.Network.Netstat", "Status"),
    ]

    @Test("Afterwards nothing is connected; released, all is as before", arguments: 0..<3)
    func effect(number: Int) async throws {
        let (host, artifact, sockets, status) = Self.cases[number]
        try await withLab(collectionTime: 0) { lab in
            let client = try LabClient(lab)
            func connections() async throws -> Int {
                try await client.collect(sockets, on: host).rows(sockets).count { $0[status] != "LISTEN" }
            }
            #expect(try await connections() > 0)
            let applied = try await client.collect(artifact, on: host, ["MessageBox": "Call the help desk"])
            let rows = try await applied.rows(artifact)
            #expect(rows.allSatisfy { $0["Time"] != nil && $0["Result"] != nil })
            #expect(rows.last?["Result"]?.stringValue?.contains("Call the help desk") == true)
            #expect(try await connections() == 0)
            let released = try await client.collect(artifact, on: host, ["RemovePolicy": "Y"])
            #expect(try await released.rows(artifact).count == 1)
            #expect(try await connections() > 0)
        }
    }

    @Test("The artifact of another system ends without rows and changes nothing")
    func wrongSystem() async throws {
        try await withLab(collectionTime: 0) { lab in
            let client = try LabClient(lab)
            let collected = try await client.collect("Windows.Remediation.Quarantine", on: "build-01")
            let state = try await collected.state()
            #expect(state["state"] == "FINISHED" && state["total_collected_rows"] == 0)
            let rows = try await client.collect("Linux.Network.NetstatEnriched", on: "build-01")
                .rows("Linux.Network.NetstatEnriched")
            #expect(rows.contains { $0["Raddr"] == "198.51.100.23" })
        }
    }

    @Test("Without the firewall's program it fails, and the row says so")
    func failure() async throws {
        try await withLab(collectionTime: 0) { lab in
            let client = try LabClient(lab)
            let rows = try await client.collect(
                "Linux.Remediation.Quarantine",
                on: "build-01",
                ["pathToNFT": "/opt/none/nft"]
            ).rows("Linux.Remediation.Quarantine")
            #expect(rows.count == 1 && rows.first?["Result"]?.stringValue?.contains("Returned -1") == true)
            let sockets = try await client.collect("Linux.Network.NetstatEnriched", on: "build-01")
                .rows("Linux.Network.NetstatEnriched")
            #expect(sockets.contains { $0["Raddr"] == "198.51.100.23" })
        }
    }

    @Test("A silent client's quarantine waits for it")
    func silent() async throws {
        try await withLab(collectionTime: 0) { lab in
            let collected = try await LabClient(lab).collect("Windows.Remediation.Quarantine", on: "ws-legal-11")
            #expect(try await collected.state()["state"] == "RUNNING")
        }
    }
}
