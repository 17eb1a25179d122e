// SPDX-License-Identifier: Apache-2.0

import JSONValue
import Testing
import VQLChecks

@Suite("A tool that is VQL alone is held against its manifest")
struct VQLToolCheckTests {
    /// A tool in which nothing is wrong.
    private static let good: JSONObject = [
        "name": "hosts", "description": "Finds hosts.", "toolset": "case",
        "annotations": ["read_only": true, "destructive": false],
        "input_schema": [
            "type": "object", "additionalProperties": false,
            "properties": [
                "search": ["type": "string"], "cursor": ["type": "string"], "max_rows": ["type": "integer"],
            ],
        ],
        "run": [
            "vql": [
                "query": "SELECT client_id, os_info.hostname AS Host FROM clients(search=search)",
                "permissions": ["READ_RESULTS"], "columns": [["name": "Id", "from": "client_id"], ["name": "Host"]],
            ]
        ],
    ]

    private static func faults(_ change: (inout JSONObject) -> Void) -> [VQLToolFault] {
        var tool = good
        change(&tool)
        return VQLToolCheck.faults(in: .object(tool))
    }

    /// The good tool with another query, without columns, and whatever else is said.
    private static func faults(
        query: String,
        _ change: (inout JSONObject) -> Void = { _ in }
    ) -> [VQLToolFault] {
        faults { tool in
            tool["run"] = ["vql": ["query": .string(query), "permissions": ["READ_RESULTS"]]]
            change(&tool)
        }
    }

    @Test("A tool that is right has no fault")
    func right() {
        #expect(Self.faults { _ in } == [])
    }

    @Test(
        "What is wrong in a query is named with its place",
        arguments: [
            ("SELECT * FROM clients(search=search", "Syntax error", 1),
            ("SELECT * FROM clientz(search=search)", "There is no plugin clientz.", 1),
            ("SELECT *\nFROM clients(serch=search)", "clients() has no argument serch.", 2),
            ("LET X = SELECT * FROM clients(search=search)", "has no SELECT", nil),
            (
                "SELECT * FROM clients(search=search)\nSELECT * FROM clients()",
                "has 2 SELECTs", 2
            ),
            ("SELECT * FROM clients(search=serch) WHERE search", "The variable serch is used but declared nowhere", 1),
            ("LET X <= serch\nSELECT X, search FROM scope()", "The variable serch is used but declared nowhere", 1),
            ("SELECT * FROM clients(search=search, client_id=cursor)", "cursor is the runner's own argument", 1),
        ] as [(String, String, Int?)]
    )
    func query(text: String, words: String, line: Int?) throws {
        let faults = Self.faults(query: text)
        let fault = try #require(faults.first { $0.message.contains(words) }, "\(faults)")
        #expect("\(fault.pointer)" == "/run/vql/query")
        #expect(fault.line == line)
        #expect(!fault.hint.isEmpty)
    }

    @Test("A slip in a variable's name is met with what was meant")
    func meant() {
        let fault = Self.faults(query: "SELECT * FROM clients(search=serch) WHERE search").first
        #expect(fault?.hint.contains("Did you mean search?") == true)
    }

    @Test(
        "An argument that is declared and not used is a fault",
        arguments: [
            "SELECT * FROM clients()",
            // A LET of its name hides it.
            "LET search = 'all'\nSELECT * FROM clients(search=search)",
        ]
    )
    func unused(text: String) {
        let faults = Self.faults(query: text)
        #expect(faults.map { "\($0.pointer)" } == ["/input_schema/properties/search"])
    }

    @Test(
        "Names that are columns, LETs, parameters or members are no variables",
        arguments: [
            "SELECT Host.Name FROM foreach(row={ SELECT * FROM clients(search=search) }, query={ SELECT * FROM flows(client_id=client_id) })",
            "LET F(Id) = SELECT * FROM flows(client_id=Id)\nSELECT * FROM F(Id=search)",
            "LET All = SELECT * FROM clients(search=search)\nSELECT * FROM All WHERE client_id",
            "SELECT filter(list=labels, condition='x=>x =~ search') AS L FROM clients()",
        ]
    )
    func noVariables(text: String) {
        #expect(Self.faults(query: text) == [])
    }

    @Test("Names that the server keeps for itself, and names that are none, are refused", arguments: ["config", "a-b"])
    func names(name: String) {
        let faults = Self.faults { tool in
            tool["input_schema"] = [
                "type": "object", "additionalProperties": false,
                "properties": ["search": ["type": "string"], .init(stringLiteral: name): ["type": "string"]],
            ]
        }
        #expect(faults.contains { "\($0.pointer)" == "/input_schema/properties/\(name)" })
    }

    @Test("Arguments that nobody declares must not be taken")
    func open() {
        let faults = Self.faults { tool in
            tool["input_schema"] = ["type": "object", "properties": ["search": ["type": "string"]]]
        }
        #expect(faults.map { "\($0.pointer)" } == ["/input_schema"])
    }

    @Test("The runner's own arguments keep their types")
    func ownArguments() {
        let faults = Self.faults { tool in
            tool["input_schema"] = [
                "type": "object", "additionalProperties": false,
                "properties": ["search": ["type": "string"], "max_rows": ["type": "string"]],
            ]
        }
        #expect(faults.map(\.message) == ["max_rows is the runner's own argument and has the type integer."])
    }

    @Test("A column that the query does not give is a fault; behind a star nobody knows")
    func columns() {
        let known = Self.faults { tool in
            tool["run"] = [
                "vql": [
                    "query": "SELECT client_id FROM clients(search=search)", "permissions": ["READ_RESULTS"],
                    "columns": [["name": "Id"], ["name": "Id", "from": "client_id"]],
                ]
            ]
        }
        #expect(known.map(\.message) == ["The column Id is listed twice.", "The query gives no column Id."])
        let open = Self.faults { tool in
            tool["run"] = [
                "vql": [
                    "query": "SELECT * FROM clients(search=search)", "permissions": ["READ_RESULTS"],
                    "columns": [["name": "Id"]],
                ]
            ]
        }
        #expect(open == [])
    }

    // MARK: - Claims

    @Test(
        "read_only is believed only where the query reads what was collected",
        arguments: [
            ("SELECT * FROM glob(globs=search)", "reads the server's own machine"),
            ("SELECT label(client_id=client_id, op='set', labels=search) FROM clients()", "changes something"),
            ("SELECT * FROM execve(argv=search)", "changes something"),
            ("SELECT * FROM query(query=search)", "may do what cannot be told"),
            ("SELECT config FROM clients(search=search)", "reads the server's own machine"),
        ]
    )
    func readOnly(text: String, words: String) throws {
        let faults = Self.faults(query: text)
        let fault = try #require(faults.first { "\($0.pointer)" == "/annotations/read_only" }, "\(faults)")
        #expect(fault.message.contains(words))
    }

    @Test("A query that changes something must let a person be asked")
    func destructive() {
        let text = "SELECT collect_client(client_id=search, artifacts='Generic.Client.Info') AS F FROM scope()"
        let faults = Self.faults(query: text) { tool in
            tool["annotations"] = ["read_only": false, "destructive": false]
            tool["asks_first"] = false
            tool["read_only_mode"] = "restricted"
        }
        let pointers = faults.map { "\($0.pointer)" }
        #expect(pointers == ["/annotations/destructive", "/asks_first", "/read_only_mode", "/run/vql"])
        #expect(faults.last?.message.contains("COLLECT_CLIENT") == true)
        let honest = Self.faults(query: text) { tool in
            tool["annotations"] = ["read_only": false, "destructive": true]
            tool["run"] = ["vql": ["query": .string(text), "permissions": ["COLLECT_CLIENT"]]]
        }
        #expect(honest == [])
    }

    @Test("Permissions are those of the server, and those that the query needs")
    func permissions() {
        let faults = Self.faults { tool in
            tool["run"] = [
                "vql": ["query": "SELECT * FROM clients(search=search)", "permissions": ["READ_RESULT"]]
            ]
        }
        #expect(faults.map { "\($0.pointer)" } == ["/run/vql/permissions/0", "/run/vql"])
        #expect(faults.first?.hint == "Did you mean READ_RESULTS?")
    }

    @Test("What an artifact does on the server is left open until somebody has its text")
    func artifacts() {
        let text = "SELECT * FROM Artifact.Custom.Look(What=search)"
        func faults(_ lookup: ((String) -> [String]?)?) -> [String] {
            var tool = Self.good
            tool["run"] = ["vql": ["query": .string(text), "permissions": ["COLLECT_CLIENT"]]]
            return VQLToolCheck.faults(in: .object(tool), artifacts: lookup).map { "\($0.pointer)" }
        }
        #expect(faults(nil) == [])
        #expect(faults { _ in ["SELECT * FROM info()"] }.contains("/annotations/read_only"))
        #expect(faults { _ in nil }.contains("/annotations/read_only"))
        #expect(faults { _ in ["SELECT 1 AS A FROM scope()"] } == [])
    }

    // MARK: - Values

    @Test("What is left out is the default or null, and the runner's own arguments are no variables")
    func variables() {
        let tool = VQLToolDefinition([
            "input_schema": [
                "properties": [
                    "a": ["type": "string"], "b": ["type": "integer", "default": 7], "c": ["type": "array"],
                    "org_id": ["type": "string"],
                ]
            ]
        ])
        #expect(tool.variables(["a": "x'y", "org_id": "O1", "z": 1]) == ["a": "x'y", "b": 7, "c": .null])
    }
}
