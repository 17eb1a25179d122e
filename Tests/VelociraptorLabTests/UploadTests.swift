// SPDX-License-Identifier: Apache-2.0

import JSONValue
import Testing
import VelociraptorLab

@Suite("Files travel from clients to the server")
struct UploadTests {
    @Test("A file search finds, hashes and uploads; the flow counts files and bytes")
    func finder() async throws {
        try await withLab(collectionTime: 0) { lab in
            let collected = try await LabClient(lab).collect(
                "Linux.Search.FileFinder",
                on: "build-01",
                ["SearchFilesGlob": "/etc/cron.d/*", "Upload_File": "Y", "Calculate_Hash": "Y"]
            )
            let rows = try await collected.rows("Linux.Search.FileFinder")
            #expect(rows.map { $0["OSPath"] } == ["/etc/cron.d/.sysstat-cache", "/etc/cron.d/certcheck"])
            #expect(rows.allSatisfy { $0["Upload"]?["StoredSize"] == $0["Size"] && $0["Hash"]?["SHA256"] != nil })
            let uploads = try await collected.uploads()
            #expect(uploads.map { $0["client_path"] } == rows.map { $0["OSPath"] })
            let state = try await collected.state()
            #expect(state["total_uploaded_files"] == 2)
            let bytes = uploads.compactMap { $0["uploaded_size"]?.integerValue }.reduce(0, +)
            #expect(bytes > 0 && state["total_uploaded_bytes"] == .integer(bytes))
        }
    }

    @Test("What was uploaded can be read on the server by its path there")
    func reading() async throws {
        try await withLab(collectionTime: 0) { lab in
            let client = try LabClient(lab)
            let collected = try await client.collect(
                "Generic.Collectors.File",
                on: "build-01",
                ["collectionSpec": "Glob\nhome/*/.ssh/authorized_keys\n", "Root": "/"]
            )
            let uploads = try await collected.uploads()
            #expect(uploads.count == 2)
            #expect(try await collected.rows("Generic.Collectors.File/All Matches Metadata").count == 2)
            #expect(try await collected.rows("Generic.Collectors.File/Uploads").count == 2)
            let path = try #require(uploads.first?["vfs_path"]?.stringValue)
            let text = try await client.query(
                "SELECT read_file(accessor='fs', filename=P) AS T FROM scope()",
                env: ["P": path]
            ).rows
            #expect(text.first?["T"]?.stringValue?.contains("ops@relay") == true)
        }
    }

    @Test("One file is fetched by its path; one that is not there gives nothing", arguments: [true, false])
    func download(exists: Bool) async throws {
        try await withLab(collectionTime: 0) { lab in
            let path = exists ? #"C:\PerfLogs\q3.7z"# : #"C:\PerfLogs\none.7z"#
            let collected = try await LabClient(lab).collect(
                "System.VFS.DownloadFile",
                on: "srv-files-01",
                ["Path": .string(path), "Accessor": "file"]
            )
            #expect(try await collected.rows("System.VFS.DownloadFile").count == (exists ? 1 : 0))
            #expect(try await collected.uploads().count == (exists ? 1 : 0))
        }
    }

    @Test("The intruder's program is found by its hash wherever it lies")
    func hashes() async throws {
        try await withLab(collectionTime: 0) { lab in
            let client = try LabClient(lab)
            let processes = try await client.collect("Windows.System.Pslist", on: "ws-finance-07")
                .rows("Windows.System.Pslist")
            let implant = try #require(processes.first { $0["Name"] == "edgeupdsvc.exe" })
            let parameters: JSONObject = ["SHA256List": implant["Hash"]?["SHA256"] ?? .null]
            for (host, count) in [("ws-finance-07", 1), ("srv-files-01", 1), ("ws-finance-03", 0)] {
                let rows = try await client.collect("Generic.Detection.HashHunter", on: host, parameters)
                    .rows("Generic.Detection.HashHunter")
                #expect(rows.count == count)
            }
        }
    }

    @Test("A past flow with uploads stands on build-01")
    func past() async throws {
        try await withLab { lab in
            let rows = try await LabClient(lab).query(
                """
                LET C = SELECT client_id FROM clients(search='host:build-01')
                SELECT session_id, total_uploaded_files FROM flows(client_id=C[0].client_id)
                  WHERE total_uploaded_files > 0
                """
            ).rows
            #expect(rows.count == 1 && rows.first?["total_uploaded_files"] == 2)
        }
    }
}

@Suite("A source of 100,000 rows")
struct LargeSourceTests {
    @Test("Its pages are cut out by start_row and count, and end where it ends")
    func pages() async throws {
        try await withLab(collectionTime: 0) { lab in
            let client = try LabClient(lab)
            let collected = try await client.collect(
                "Generic.Forensic.LocalHashes.Glob",
                on: "srv-files-01",
                ["HashGlob": #"D:\Shares\Finance\**"#]
            )
            #expect(try await collected.state()["total_collected_rows"] == 100_000)
            func page(_ start: Int) async throws -> [JSONValue] {
                try await client.query(
                    """
                    SELECT * FROM source(client_id=C, flow_id=F, artifact='Generic.Forensic.LocalHashes.Glob',
                                         start_row=int(int=S), count=500)
                    """,
                    env: ["C": collected.client, "F": collected.flow, "S": String(start)]
                ).rows
            }
            let first = try await page(0)
            #expect(first.count == 500 && first[499]["OSPath"] == #"D:\Shares\Finance\2013\voucher-499.pdf"#)
            #expect(try await page(99_600).count == 400)
            #expect(try await page(99_600).last?["OSPath"] == #"D:\Shares\Finance\2025\voucher-99999.pdf"#)
            #expect(try await page(100_000).isEmpty)
        }
    }
}
