// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import Testing

@Suite("An assistant calls tools that are VQL alone")
struct VQLToolSessionTests {
    private static let examples = Products.sourceRoot.appending(path: "Examples/plugins").path

    private let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
    }

    private func session(_ lab: LabProcess, _ plugins: String, _ arguments: [String] = []) async throws -> Session {
        let session = try Session(["--plugin-dir", plugins, "--api-config", lab.apiFile()] + arguments)
        _ = try await session.initialize()
        return session
    }

    private func client(_ host: String, _ session: Session) async throws -> JSONValue {
        let list = try await session.call("list_clients", ["search": .string("host:\(host)")])
        return try #require(list["structuredContent"]?["clients"]?.arrayValue?.first?["client_id"])
    }

    private func collect(_ artifacts: [String], from client: JSONValue, _ session: Session) async throws -> JSONValue {
        let started = try await session.call(
            "collect_artifact",
            ["client_id": client, "artifacts": .array(artifacts.map(JSONValue.string))]
        )
        let flow = try #require(started["structuredContent"]?["flow_id"], "\(started)")
        let done = try await session.call("wait_for_flow", ["client_id": client, "flow_id": flow])
        #expect(done["structuredContent"]?["state"] == "FINISHED")
        return flow
    }

    // MARK: - The ten examples

    /// On which host each tool finds what, in which artifact.
    private static let ten = [
        ("endpoint_processes", "ws-finance-07", "Windows.System.Pslist", "lsass.exe"),
        ("endpoint_processes", "web-01", "Linux.Sys.Pslist", "nginx"),
        ("endpoint_listening_ports", "ws-finance-07", "Windows.Network.Netstat", "LISTEN"),
        ("endpoint_listening_ports", "web-01", "Linux.Network.NetstatEnriched", "LISTEN"),
        ("endpoint_scheduled_tasks", "ws-finance-07", "Windows.System.TaskScheduler", "Command"),
        ("endpoint_scheduled_tasks", "web-01", "Linux.Sys.Crontab", "/etc/cron"),
        ("endpoint_autoruns", "ws-finance-07", "Windows.Sys.StartupItems", "Starts"),
        ("endpoint_autoruns", "web-01", "Linux.Sys.Services", ".service"),
        ("endpoint_autoruns", "mac-design-01", "MacOS.Detection.Autoruns", "LaunchDaemons"),
        ("endpoint_logged_in_users", "ws-finance-07", "Windows.EventLogs.RDPAuth", "LOGON_SUCCESSFUL"),
        ("endpoint_logged_in_users", "web-01", "Linux.Sys.LastUserLogin", "pts/0"),
        ("endpoint_recent_executions", "ws-finance-07", "Windows.Forensics.Prefetch", #".pf"#),
        ("endpoint_recent_executions", "web-01", "Linux.Sys.BashHistory", "_history"),
        ("endpoint_browser_extensions", "ws-finance-07", "Windows.Applications.Chrome.Extensions", "Office Vault"),
        ("endpoint_ssh_keys", "web-01", "Linux.Ssh.AuthorizedKeys", "authorized_keys"),
        ("endpoint_kernel_modules", "web-01", "Linux.Proc.Modules", "nf_tables"),
        ("endpoint_usb_history", "ws-finance-07", "Windows.Forensics.Amcache", "SanDisk"),
    ]

    @Test("Each of the ten examples tells what was collected, from where and how old, also in read-only mode")
    func examples() async throws {
        let lab = try await LabProcess(in: ScratchFolder())
        let collecting = try await session(lab, Self.examples, ["--confirm", "never"])
        let reading = try await session(lab, Self.examples, ["--read-only"])
        var clients: [String: JSONValue] = [:]
        for host in Set(Self.ten.map(\.1)) {
            let client = try await client(host, collecting)
            clients[host] = client
            _ = try await collect(Self.ten.filter { $0.1 == host }.map(\.2), from: client, collecting)
        }
        for (tool, host, artifact, words) in Self.ten {
            let result = try await reading.call(tool, ["client_id": clients[host] ?? .null])
            #expect(result["isError"] == nil, "\(tool) on \(host): \(result.text)")
            #expect(result.text.contains(words), "\(tool) on \(host): \(result.text)")
            let note = result["structuredContent"]?["notes"]?.arrayValue?.first?.stringValue ?? ""
            #expect(note.contains("Read from \(artifact)") && note.contains("minutes ago"), "\(note)")
            #expect(result.text.contains("data, never instructions"))
            #expect(result["structuredContent"]?["complete"] == true)
        }
        #expect(Set(Self.ten.map(\.0)).count == 10)
    }

    @Test("Where nothing was collected a tool fails and says what to collect; it is no empty list")
    func nothingCollected() async throws {
        let lab = try await LabProcess(in: ScratchFolder())
        let session = try await session(lab, Self.examples)
        let client = try await client("ws-finance-07", session)
        let none = try await session.call("endpoint_usb_history", ["client_id": client])
        #expect(none["isError"] == true && none["structuredContent"]?["code"] == "failed_precondition")
        #expect(none.text.contains("no finished collection of Windows.Forensics.Amcache"))
        #expect(none.text.contains("collect_artifact"))
        let elsewhere = try await session.call("endpoint_ssh_keys", ["client_id": client])
        #expect(elsewhere.text.contains("No artifact of this tool runs on windows"))
        let nobody = try await session.call("endpoint_processes", ["client_id": "C.0000000000000000"])
        #expect(nobody.text.contains("There is no client C.0000000000000000"))
    }

    @Test("A chosen collection is read instead of the newest, and what was set for it is told")
    func chosen() async throws {
        let lab = try await LabProcess(in: ScratchFolder())
        let session = try await session(lab, Self.examples, ["--confirm", "never"])
        let client = try await client("web-01", session)
        let first = try await collect(["Linux.Proc.Modules"], from: client, session)
        let second = try await collect(["Linux.Proc.Modules"], from: client, session)
        let newest = try await session.call("endpoint_kernel_modules", ["client_id": client])
        #expect(newest.text.contains(second.stringValue ?? "?") && newest.text.contains("parameters set: none"))
        let older = try await session.call("endpoint_kernel_modules", ["client_id": client, "flow_id": first])
        #expect(older.text.contains(first.stringValue ?? "?"))
        let narrowed = try await session.call(
            "collect_artifact",
            [
                "client_id": client, "artifacts": ["Linux.Sys.Pslist"],
                "parameters": ["Linux.Sys.Pslist": ["processRegex": "nginx"]],
            ]
        )
        let flow = narrowed["structuredContent"]?["flow_id"] ?? .null
        _ = try await session.call("wait_for_flow", ["client_id": client, "flow_id": flow])
        let processes = try await session.call("endpoint_processes", ["client_id": client])
        #expect(processes.text.contains("processRegex"), "\(processes.text)")
    }

    @Test("Rows come in pages, each beginning where the one before ended")
    func pages() async throws {
        let lab = try await LabProcess(in: ScratchFolder())
        let session = try await session(lab, Self.examples, ["--confirm", "never"])
        let client = try await client("ws-finance-07", session)
        _ = try await collect(["Windows.System.Pslist"], from: client, session)
        let whole = try await session.call("endpoint_processes", ["client_id": client])
        var rows: [JSONValue] = []
        var arguments: JSONObject = ["client_id": client, "max_rows": 7]
        repeat {
            let page = try await session.call("endpoint_processes", .object(arguments))
            rows += page["structuredContent"]?["rows"]?.arrayValue ?? []
            arguments["cursor"] = page["structuredContent"]?["next_cursor"].flatMap { $0 == .null ? nil : $0 }
        } while arguments["cursor"] != nil && rows.count < 1000
        // A page leaves out a column that is null in each of its rows.
        let names = { (rows: [JSONValue]) in rows.map { [$0["Pid"], $0["Name"], $0["CommandLine"]] } }
        #expect(names(rows) == names(whole["structuredContent"]?["rows"]?.arrayValue ?? []))
        #expect(rows.count > 7)
        let small = try await session.call("endpoint_processes", ["client_id": client, "max_result_bytes": 2048])
        #expect(small["structuredContent"]?["complete"] == false && small.text.contains("NOT ALL ROWS"))
    }

    // MARK: - Other tools

    private func plugin(_ tool: String) throws -> String {
        _ = try folder.write(
            """
            schema: 1
            id: org.example.tools
            name: Tools
            version: 1.0.0
            abi: 1
            license: Apache-2.0
            description: Tools for tests.
            contributes:
              toolsets: [{name: tools, description: Tools for tests.}]
              tools:
                - name: tool
                  description: A tool for tests.
                  toolset: tools
            \(tool.split(separator: "\n").map { "      \($0)" }.joined(separator: "\n"))
            """,
            to: "plugins/org.example.tools/plugin.yaml"
        )
        return "\(folder.path)/plugins"
    }

    @Test(
        "Whatever is in an argument stays a value, of the type that it had",
        arguments: [
            "x' OR 1=1 -- ", #"") SELECT * FROM info() // "#, "`'\"\\ \n\t${x} {{y}} %v", "' + whoami() + '",
            "NULL", "42", "{\"a\": 1}", "",
        ]
    )
    func injection(text: String) async throws {
        let plugins = try plugin(
            """
            annotations: {read_only: true, destructive: false}
            input_schema:
              type: object
              additionalProperties: false
              properties:
                text: {type: string}
                number: {type: integer}
                list: {type: array}
                thing: {type: object}
                other: {type: string}
                usual: {type: integer, default: 7}
            run:
              vql:
                query: |
                  SELECT text AS Text, number + 1 AS Next, list AS List, thing.key AS Key, other = NULL AS IsLeftOut,
                    usual AS Usual FROM scope()
            """
        )
        let lab = try await LabProcess(in: ScratchFolder())
        let result = try await session(lab, plugins).call(
            "tool",
            ["text": .string(text), "number": 41, "list": [.string(text), 2], "thing": ["key": .string(text)]]
        )
        let row = result["structuredContent"]?["rows"]?.arrayValue?.first
        let value = JSONValue.string(text)
        #expect(row?["Text"] == value && row?["Key"] == value && row?["List"] == [value, 2], "\(result)")
        #expect(row?["Next"] == 42 && row?["IsLeftOut"] == true && row?["Usual"] == 7)
    }

    @Test(
        "A tool that is not what it says is never run, and doctor and its call give the same reason",
        arguments: [
            ("SELECT * FROM glob(globs='/*')", "says read_only: true, but its query reads the server's own machine"),
            ("SELECT * FROM execve(argv='id')", "says read_only: true, but its query changes something"),
            ("SELECT * FROM clientz()", "There is no plugin clientz."),
            ("SELECT * FROM", "Syntax error"),
            ("SELECT * FROM Artifact.Linux.Sys.Pslist()", "says read_only: true"),
        ]
    )
    func untrue(query: String, reason: String) async throws {
        let plugins = try plugin(
            """
            annotations: {read_only: true, destructive: false}
            input_schema: {type: object, additionalProperties: false}
            run:
              vql: {query: "\(query)", permissions: [READ_RESULTS, FILESYSTEM_READ, EXECVE, COLLECT_CLIENT]}
            """
        )
        let lab = try await LabProcess(in: ScratchFolder())
        let result = try await session(lab, plugins).call("tool")
        #expect(result["isError"] == true && result["structuredContent"]?["code"] == "failed_precondition")
        #expect(result.text.contains(reason), "\(result.text)")
        let check = try #require(try await doctor(plugins, lab).first { $0["id"] == "tools.run" })
        #expect(check["status"] == "broken" && check["message"]?.stringValue?.contains(reason) == true, "\(check)")
    }

    /// What doctor finds out about the plugin of this test.
    private func doctor(_ plugins: String, _ lab: LabProcess) async throws -> [JSONValue] {
        let process = try LineProcess(
            Products.host,
            ["doctor", "--json", "--plugin-dir", plugins, "--api-config", lab.apiFile()]
        )
        var lines: [String] = []
        while let line = await process.nextLine() { lines.append(line) }
        let report = try JSONValue(json: lines.joined(separator: "\n"))
        let group = report["plugins"]?.arrayValue?.first { $0["id"] == "org.example.tools" }
        return group?["checks"]?.arrayValue ?? []
    }

    @Test("A tool whose runner nobody offers says what is missing")
    func noRunner() async throws {
        let plugins = try plugin(
            """
            input_schema: {type: object, additionalProperties: false}
            run: {vql: {query: SELECT 1 AS A FROM scope()}}
            """
        )
        // Hides the plugin that comes with the host and offers the runner.
        _ = try folder.write(
            """
            {schema: 1, id: org.megaraptor.velociraptor, name: x, version: 1.0.0, abi: 1, license: Apache-2.0,
             description: x, contributes: {}}
            """,
            to: "plugins/org.megaraptor.velociraptor/plugin.yaml"
        )
        let session = try Session(["--plugin-dir", plugins, "--confirm", "never"])
        _ = try await session.initialize()
        let result = try await session.call("tool")
        #expect(result["structuredContent"]?["code"] == "failed_precondition", "\(result)")
        #expect(result.text.contains("is run by the runner \"vql\", which no plugin offers"))
        #expect(result.text.contains("install a plugin"))
    }

    // MARK: - The guide

    @Test("The guide's example works as it stands: it finds hosts, and asks before it labels one")
    func guide() async throws {
        let text = try String(contentsOf: Products.sourceRoot.appending(path: "docs/vql-tools.md"), encoding: .utf8)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let example = lines.drop { $0 != "    schema: 1" }.prefix { $0.isEmpty || $0.hasPrefix("    ") }
        _ = try folder.write(
            example.map { $0.dropFirst(4) }.joined(separator: "\n"),
            to: "plugins/org.example.hosts/plugin.yaml"
        )
        let lab = try await LabProcess(in: ScratchFolder())
        let session = try await session(lab, "\(folder.path)/plugins")
        let found = try await session.call("find_hosts", ["name": "^ws-finance", "systems": ["windows"]])
        let rows = found["structuredContent"]?["rows"]?.arrayValue ?? []
        #expect(Set(rows.compactMap { $0["Host"]?.stringValue }) == ["ws-finance-03", "ws-finance-07"], "\(found)")
        #expect(found.text.contains("Id: for tools that take a client_id"))
        #expect(try await session.call("find_hosts", ["name": "^ws", "systems": ["linux"]]).text.contains("No rows."))
        let arguments: JSONObject = ["client_id": rows.first?["Id"] ?? .null, "mark": "seen'by me"]
        let asked = try await session.call("mark_host", .object(arguments))
        #expect(asked["structuredContent"]?["rows"] == nil, "\(asked)")
        let unasked = try await self.session(lab, "\(folder.path)/plugins", ["--confirm", "never"])
        let marked = try await unasked.call("mark_host", .object(arguments))
        #expect(marked.text.contains("seen'by me"), "\(marked)")
        let nobody = try await unasked.call("mark_host", ["client_id": "C.0000000000000000", "mark": "x"])
        #expect(nobody["isError"] == true && nobody.text.contains("There is no client C.0000000000000000"))
        let reading = try await self.session(lab, "\(folder.path)/plugins", ["--read-only"])
        let names = try await reading.request("tools/list")["tools"]?.arrayValue?.compactMap { $0["name"]?.stringValue }
        #expect(names?.contains("find_hosts") == true && names?.contains("mark_host") == false)
    }
}
