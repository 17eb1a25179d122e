// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import VQL

@Suite("What the analysis reports")
struct AnalysisReportTests {
    private func analysis(_ query: String, artifacts: [String: [String]]? = nil) throws -> QueryAnalysis {
        let program = try Program(parsing: query)
        guard let artifacts else { return QueryAnalysis(of: program) }
        return QueryAnalysis(of: program) { artifacts[$0] }
    }

    @Test("A call in plain sight has its name, place, rights and sentence")
    func plain() throws {
        let reach = try #require(try analysis("SELECT *\nFROM execve(argv='id')").reaches.first)
        #expect(reach.kind == .plugin && reach.name == "execve" && reach.route.isEmpty)
        #expect(reach.position == SourcePosition(byteOffset: 14, line: 2, column: 6))
        #expect(reach.permissions.map(\.rawValue) == ["EXECVE"])
        #expect(reach.sentence == "execve() runs a command on the server")
    }

    @Test("A call inside texts has the place of the outermost text and the way there")
    func hidden() throws {
        let query = #"SELECT * FROM query(query='SELECT eval(func="x=>rm(filename=x)", args=1) FROM scope()')"#
        let reach = try #require(try analysis(query).reaches.first { $0.name == "rm" })
        #expect(reach.route == ["query(query)", "eval(func)"])
        #expect(reach.position.byteOffset == 26)
        #expect(reach.sentence == "rm() deletes a file on the server")
    }

    @Test("Functions, plugins, accessors and variables are all named")
    func kinds() throws {
        let query = "SELECT read_file(filename='x', accessor='zip'), config.CA FROM clients()"
        let found = try analysis(query).reaches.map { "\($0.kind.rawValue) \($0.name)" }
        #expect(
            Set(found) == ["plugin clients", "function read_file", "accessor zip", "variable config.CA"]
        )
    }

    @Test("Sentences come worst first, once, and no better than asked for")
    func sentences() throws {
        let query = "SELECT alert(name='a'), alert(name='b'), environ(var='A'), nosuch() FROM clients()"
        #expect(
            try analysis(query).sentences(from: .readsServer) == [
                "nosuch() is no function that is known", "alert() raises an alert on the server",
                "environ() reads the server's environment variables, which may hold secrets",
            ]
        )
    }

    @Test("A name that is not known comes with near names, or with what it is instead")
    func nearNames() throws {
        #expect(
            try analysis("SELECT * FROM cliens()").sentences(from: .unknown)
                == ["cliens() is no plugin that is known (did you mean clients()?)"]
        )
        #expect(
            try analysis("SELECT pslist() FROM scope()").sentences(from: .unknown)
                == ["pslist() is a plugin and no function"]
        )
    }

    @Test("The rights of all that is reached are given once each")
    func permissions() throws {
        let query = "SELECT client_info(client_id='C.1') FROM clients() WHERE environ(var='A')"
        #expect(try analysis(query).permissions.map(\.rawValue) == ["MACHINE_STATE", "READ_RESULTS"])
    }

    @Test("A condition is analysed like a query")
    func condition() throws {
        let reading = try ExpressionList(parsing: "Name =~ 'a' AND NOT x IN (1, 2)")
        #expect(QueryAnalysis(of: reading).verdict == .readsInvestigation)
        #expect(QueryAnalysis(of: try ExpressionList(parsing: "a OR rm(filename='x')")).verdict == .changes)
    }

    @Test("An artifact without definition is missing, and with one is looked into")
    func artifacts() throws {
        let query = "SELECT * FROM Artifact.Custom.A() SELECT * FROM Artifact.Custom.A(source='x')"
        #expect(try analysis(query).missingArtifacts == ["Custom.A"])
        #expect(try analysis(query).verdict == .unknown)
        #expect(try analysis(query, artifacts: [:]).missingArtifacts == ["Custom.A"])

        let reading = try analysis(query, artifacts: ["Custom.A": ["SELECT * FROM clients()"]])
        #expect(reading.verdict == .readsInvestigation && reading.missingArtifacts.isEmpty)

        let changing = try analysis(query, artifacts: ["Custom.A": ["LET x = 1", "SELECT * FROM execve(argv=x)"]])
        #expect(changing.verdict == .changes)
        #expect(changing.reaches.first { $0.name == "execve" }?.route == ["Artifact.Custom.A"])
    }

    @Test("Artifacts that call each other are each looked into once, and what they need is named")
    func cycles() throws {
        let definitions = [
            "A": ["SELECT * FROM Artifact.B()"], "B": ["SELECT * FROM Artifact.A() SELECT * FROM Artifact.C()"],
        ]
        let analysis = try analysis("SELECT * FROM Artifact.A()", artifacts: definitions)
        #expect(analysis.missingArtifacts == ["C"] && analysis.verdict == .unknown)
        #expect(analysis.reaches.count == 4)
    }

    @Test("The texts of one artifact see the names of each other, and a broken one cannot be told")
    func artifactTexts() throws {
        let query = "SELECT import(artifact='A') FROM Artifact.A()"
        let sharing = ["A": ["LET f(x) = SELECT * FROM clients()", "SELECT * FROM f(x=1)"]]
        #expect(try analysis(query, artifacts: sharing).verdict == .readsInvestigation)
        #expect(try analysis(query, artifacts: ["A": ["SELECT FROM"]]).verdict == .unknown)
    }

    @Test(
        "An artifact cannot be told where a query runs in another organisation, which may define it otherwise",
        arguments: [
            "SELECT * FROM query(query='SELECT * FROM Artifact.A()', org_id='O1')",
            "SELECT * FROM query(query={ SELECT * FROM Artifact.A() }, org_id=O)",
            "SELECT * FROM query(query={ SELECT import(artifact='A') FROM scope() }, org_id='O1')",
            "SELECT * FROM query(query='SELECT * FROM query(query={ SELECT * FROM Artifact.A() })', org_id='O1')",
            "LET q = SELECT * FROM Artifact.A() SELECT * FROM query(query={ SELECT * FROM q }, inherit=TRUE, org_id='O')",
            "LET q = SELECT * FROM Artifact.A() "
                + "SELECT * FROM query(query='SELECT * FROM query(query={ SELECT * FROM q }, org_id=1)', inherit=TRUE)",
            "SELECT * FROM Artifact.B()",
        ]
    )
    func otherOrganizations(query: String) throws {
        let reading = "SELECT * FROM clients()"
        let definitions = [
            "A": [reading], "B": ["SELECT * FROM query(query={ SELECT * FROM Artifact.A() }, org_id='O1')"],
        ]
        let analysis = try analysis(query, artifacts: definitions)
        #expect(analysis.verdict == .unknown && analysis.missingArtifacts.isEmpty)
        let near = query.replacing(", org_id='O1'", with: "").replacing(", org_id=", with: ", timeout=")
        #expect(try self.analysis(near, artifacts: ["A": [reading], "B": [reading]]).verdict == .readsInvestigation)
    }

    @Test("Names that a query defines and calls are listed, and cannot be told where the server has such a built-in")
    func builtins() throws {
        let query =
            "LET f(x) = x LET q = SELECT 1 FROM scope() LET d = dict(a={ SELECT 1 FROM scope() }) "
            + "SELECT f(x=1), len(list=1), q FROM chain(a={ SELECT * FROM q() }, b={ SELECT * FROM d.a() })"
        let program = try Program(parsing: query)
        let calls: Set<CalledName> = [CalledName("f", .function), CalledName("q", .plugin)]
        let analysis = QueryAnalysis(of: program)
        #expect(analysis.definedCalls == calls && analysis.verdict == .readsInvestigation)
        for call in calls {
            #expect(QueryAnalysis(of: program, builtins: [call]).verdict == .unknown)
        }
        let others: Set<CalledName> = [CalledName("f", .plugin), CalledName("d", .plugin), CalledName("q", .function)]
        #expect(QueryAnalysis(of: program, builtins: others).verdict == .readsInvestigation)
    }

    @Test("A chain of artifacts that is too long cannot be told")
    func tooDeep() throws {
        let program = try Program(parsing: "SELECT * FROM Artifact.N0()")
        let analysis = QueryAnalysis(of: program) { name in
            Int(name.dropFirst()).map { ["SELECT * FROM Artifact.N\($0 + 1)()"] }
        }
        #expect(analysis.verdict == .unknown && analysis.reaches.count < 100)
    }
}
