// SPDX-License-Identifier: Apache-2.0

import JSONValue
import Testing
import VelociraptorLab

@Suite("The office has an intrusion worth finding")
struct IntrusionTests {
    /// Collects one artifact on a client by host name and returns the rows of one of its results.
    private func collect(_ artifact: String, _ result: String? = nil, on host: String, _ client: LabClient) async throws
        -> [JSONValue]
    {
        let vql = """
            LET C <= SELECT client_id FROM clients(search='host:' + Host)
            LET F <= collect_client(client_id=C[0].client_id, artifacts=A)
            LET W <= SELECT * FROM watch_monitoring(artifact='System.Flow.Completion')
              WHERE FlowId = F.flow_id LIMIT 1
            SELECT * FROM source(client_id=C[0].client_id, flow_id=F.flow_id, artifact=R)
            """
        return try await client.query(vql, env: ["Host": host, "A": artifact, "R": result ?? artifact]).rows
    }

    private func texts(_ rows: [JSONValue], _ column: String) -> [String] {
        rows.compactMap { $0[column]?.stringValue }
    }

    @Test("A document's child talks to the controller, listens, and comes back by a task")
    func workstation() async throws {
        try await withLab(collectionTime: 0) { lab in
            let client = try LabClient(lab)
            let processes = try await collect("Windows.System.Pslist", on: "ws-finance-07", client)
            let implant = try #require(processes.first { $0["Name"] == "edgeupdsvc.exe" })
            let parent = try #require(processes.first { $0["Pid"] == implant["Ppid"] })
            #expect(parent["Name"] == "WINWORD.EXE")
            let sockets = try await collect("Windows.Network.Netstat", on: "ws-finance-07", client)
            let own = sockets.filter { $0["Pid"] == implant["Pid"] }
            #expect(texts(own, "Raddr.IP").contains("198.51.100.23"))
            #expect(own.contains { $0["Laddr.Port"] == 8531 && $0["Status"] == "LISTEN" })
            let tasks = try await collect(
                "Windows.System.TaskScheduler",
                "Windows.System.TaskScheduler/Analysis",
                on: "ws-finance-07",
                client
            )
            #expect(tasks.contains { $0["Command"] == implant["Exe"] })
            let others = try await collect("Windows.System.Pslist", on: "ws-finance-03", client)
            #expect(!texts(others, "Name").contains("edgeupdsvc.exe"))
        }
    }

    @Test("It goes on to the file server and to the build host, one by the other's address")
    func lateralMovement() async throws {
        try await withLab(collectionTime: 0) { lab in
            let client = try LabClient(lab)
            let logons = try await collect("Windows.EventLogs.RDPAuth", on: "srv-files-01", client)
            #expect(texts(logons, "SourceIP").contains("192.0.2.57"))
            let services = try await collect("Windows.System.Services", on: "srv-files-01", client)
            #expect(texts(services, "PathName").contains { $0.contains("edgeupdsvc.exe") })
            let keys = try await collect("Linux.Ssh.AuthorizedKeys", on: "build-01", client)
            #expect(texts(keys, "comment").contains("ops@relay"))
            let jobs = try await collect("Linux.Sys.Crontab", "Linux.Sys.Crontab/CronTabs", on: "build-01", client)
            #expect(texts(jobs, "Command").contains { $0.contains("198.51.100.23") })
            let logins = try await collect("Linux.Syslog.SSHLogin", on: "build-01", client)
            #expect(texts(logins, "IP").contains("192.0.2.20"))
        }
    }

    @Test("The fleet has its silent clients, and a collection waits for them")
    func silence() async throws {
        try await withLab(collectionTime: 0) { lab in
            let client = try LabClient(lab)
            let rows = try await client.query(
                """
                LET Silent = SELECT client_id, os_info.hostname AS Host FROM clients()
                  WHERE now() - last_seen_at / 1000000 > 1800
                SELECT Host, { SELECT session_id, state FROM flows(client_id=client_id)
                  WHERE state = 'RUNNING' } AS Queued FROM Silent ORDER BY Host
                """
            ).rows
            #expect(texts(rows, "Host") == ["ws-design-02", "ws-legal-11"])
            #expect(rows.last?["Queued"]?["state"] == "RUNNING")
        }
    }

    @Test("An artifact without rows is an error that says so, not an empty result")
    func honesty() async throws {
        try await withLab(collectionTime: 0) { lab in
            let client = try LabClient(lab)
            let rows = try await client.query(
                """
                LET C <= SELECT client_id FROM clients(search='host:web-01')
                SELECT state, status, artifacts_with_results FROM flows(client_id=C[0].client_id)
                  WHERE request.artifacts =~ 'SUID'
                """
            ).rows
            let flow = try #require(rows.first)
            #expect(flow["state"] == "ERROR" && flow["artifacts_with_results"] == ["Linux.Sys.Pslist"])
            #expect(flow["status"]?.stringValue?.contains("no rows for Linux.Sys.SUID") == true)
        }
    }

    @Test("A large fleet is served", arguments: [2000])
    func scale(clients: Int) async throws {
        try await withLab(clients: clients) { lab in
            let rows = try await LabClient(lab).query("SELECT client_id FROM clients()").rows
            #expect(Set(texts(rows, "client_id")).count == clients)
        }
    }
}
