// SPDX-License-Identifier: Apache-2.0

import Testing
import VQL

@Suite("What a query can reach")
struct QueryAnalysisTests {
    @Test(
        "the verdict is that of the worst thing in reach",
        arguments: [
            ("SELECT * FROM clients(search=Search) LIMIT 5", QueryVerdict.readsInvestigation),
            ("SELECT config.version.version AS v, whoami() AS me FROM scope()", .readsInvestigation),
            ("SELECT * FROM parse_csv(filename=Text, accessor='data')", .readsInvestigation),
            ("SELECT * FROM query(query='SELECT 1 FROM scope()')", .readsInvestigation),
            ("SELECT filter(list=(1,2), condition='x=>x > 1') AS l FROM scope()", .readsInvestigation),
            ("SELECT read_file(filename='/etc/passwd') AS f FROM scope()", .readsServer),
            ("SELECT Name, OrgId FROM orgs()", .readsServer),
            ("SELECT * FROM execve(argv=['id'])", .changes),
            ("SELECT * FROM query(query='SELECT * FROM execve(argv=[0])')", .changes),
            ("SELECT eval(func='x=>rm(filename=x)', args='/x') FROM scope()", .changes),
            ("SELECT label(client_id='C.1', labels='x', op='set') FROM scope()", .changes),
            ("SELECT label(client_id='C.1', labels='x', op='check') FROM scope()", .readsInvestigation),
            ("SELECT * FROM query(query='SELECT ' + X)", .unknown),
            ("LET a = Artifact SELECT * FROM a.Linux.Sys.Users()", .unknown),
            ("SELECT * FROM Artifact.Linux.Sys.Users()", .unknown),
            ("SELECT config.Reset FROM scope()", .unknown),
            ("SELECT nosuch(a=1) FROM scope()", .unknown),
        ]
    )
    func verdict(query: String, expected: QueryVerdict) throws {
        let analysis = QueryAnalysis(try Program(parsing: query))
        #expect(analysis.verdict == expected, "\(analysis.explanation)")
    }

    @Test("an artifact whose definition is at hand is looked into, also through itself")
    func artifacts() throws {
        let texts = [
            "A.Reads": ["SELECT * FROM clients()"], "A.Acts": ["SELECT * FROM Artifact.A.Loop()", "LET x = rm(filename='x')"],
            "A.Loop": ["SELECT * FROM Artifact.A.Acts()"],
        ]
        func verdict(_ name: String) throws -> QueryVerdict {
            QueryAnalysis(try Program(parsing: "SELECT * FROM Artifact.\(name)()"), artifacts: { texts[$0] }).verdict
        }
        #expect(try verdict("A.Reads") == .readsInvestigation)
        #expect(try verdict("A.Loop") == .changes)
        #expect(try verdict("A.None") == .unknown)
    }
}
