// SPDX-License-Identifier: Apache-2.0

import JSONValue
import Testing
import VelociraptorLab

@Suite("A first look at a host gives rows for every artifact")
struct TriageTests {
    /// The artifacts worth collecting first, by system; those marked have no rows on an ordinary day.
    static let sets: [(host: String, artifacts: [String], empty: Set<String>)] = [
        (
            "build-01",
            [
                "Generic.Client.Info", "Linux.Sys.Pslist", "Generic.System.Pstree", "Linux.Network.NetstatEnriched",
                "Linux.Network.Netstat", "Linux.Sys.Users", "Linux.Users.RootUsers", "Linux.Users.InteractiveUsers",
                "Linux.Sys.LastUserLogin", "Linux.Syslog.SSHLogin", "Linux.Ssh.AuthorizedKeys",
                "Linux.Ssh.KnownHosts", "Linux.Sys.Crontab", "Linux.Sys.Services", "Linux.Sys.BashHistory",
                "Linux.Mounts", "Generic.System.HostsFile", "Generic.Network.InterfaceAddresses",
                "Linux.Proc.Modules", "Linux.Proc.Arp", "Linux.Debian.Packages", "Linux.Detection.AnomalousFiles",
            ],
            []
        ),
        (
            "srv-files-01",
            [
                "Generic.Client.Info", "Windows.System.Pslist", "Generic.System.Pstree",
                "Windows.Network.NetstatEnriched", "Windows.Network.Netstat", "Windows.System.Services",
                "Windows.System.TaskScheduler", "Windows.Sys.StartupItems", "Windows.Sys.Users",
                "Windows.System.LocalAdmins", "Windows.System.DNSCache", "Windows.EventLogs.RDPAuth",
                "Windows.EventLogs.PowershellScriptblock", "Windows.EventLogs.Cleared",
                "Windows.System.Powershell.PSReadline", "Windows.Forensics.Prefetch",
                "Windows.Registry.AppCompatCache", "Windows.Detection.Amcache", "Windows.Registry.UserAssist",
                "Windows.Forensics.Bam", "Windows.System.Shares", "Windows.Persistence.PermanentWMIEvents",
            ],
            ["Windows.Sys.StartupItems", "Windows.EventLogs.PowershellScriptblock"]
        ),
        (
            "mac-design-01",
            [
                "Generic.Client.Info", "MacOS.Sys.Pslist", "Generic.System.Pstree", "MacOS.Network.Netstat",
                "MacOS.System.Users", "MacOS.Detection.Autoruns", "MacOS.Detection.InstallHistory",
                "MacOS.System.QuarantineEvents", "MacOS.System.TCC", "MacOS.System.Packages",
                "MacOS.Applications.Chrome.History", "MacOS.System.Wifi", "Linux.Sys.BashHistory",
                "Generic.Network.InterfaceAddresses", "Generic.System.HostsFile",
            ],
            []
        ),
    ]

    @Test("All of a system's set in one collection, none an error", arguments: 0..<3)
    func set(number: Int) async throws {
        let (host, artifacts, empty) = Self.sets[number]
        try await withLab(collectionTime: 0) { lab in
            let client = try LabClient(lab)
            let id = try await client.clientID(host)
            let rows = try await client.query(
                """
                LET F <= collect_client(client_id=C, artifacts=split(string=A, sep=','))
                SELECT get_flow(client_id=C, flow_id=F.flow_id) AS f FROM scope()
                """,
                env: ["C": id, "A": artifacts.joined(separator: ",")]
            ).rows
            let flow = try #require(rows.first?["f"])
            #expect(flow["state"] == "FINISHED" && flow["status"] == "")
            let results = (flow["artifacts_with_results"]?.arrayValue ?? []).compactMap(\.stringValue)
            let found = Set(results.compactMap { $0.split(separator: "/").first.map(String.init) })
            #expect(Set(artifacts).subtracting(found) == empty.intersection(artifacts))
        }
    }

    @Test("The intruder shows in the traces of the file server")
    func traces() async throws {
        try await withLab(collectionTime: 0) { lab in
            let client = try LabClient(lab)
            func texts(_ artifact: String, _ column: String) async throws -> [String] {
                try await client.collect(artifact, on: "srv-files-01").rows(artifact)
                    .compactMap { $0[column]?.stringValue }
            }
            #expect(try await texts("Windows.System.LocalAdmins", "Name").contains(#"SRV-FILES-01\support_adm"#))
            #expect(try await texts("Windows.EventLogs.Cleared", "ClearedLog") == ["Security"])
            #expect(try await texts("Windows.System.Powershell.PSReadline", "Line").contains("wevtutil cl Security"))
            #expect(try await texts("Windows.Forensics.Bam", "Binary").contains(#"C:\PerfLogs\7z.exe"#))
            #expect(try await texts("Windows.System.Shares", "Name").contains("Finance"))
        }
    }
}
