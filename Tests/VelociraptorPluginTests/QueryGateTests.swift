// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorErrors
import Synchronization
import Testing
import VelociraptorLab

@testable import VelociraptorPlugin

@Suite("The gate in front of queries", .serialized, InLaboratory(), .timeLimit(.minutes(2)))
struct QueryGateTests {
    private func run(
        _ query: String,
        changes: Bool = false,
        readOnly: Bool = false,
        serverReads: Bool = false,
        consent: @escaping Consent = { _ in }
    ) async throws -> JSONValue {
        let client = try #require(InLaboratory.lab).client()
        let run = RunVQL(client: client, isReadOnly: readOnly, allowsServerReads: serverReads, consent: consent)
        return try JSONValue(json: try await run(RunVQL.Request(query: query, changes: changes)))
    }

    @Test(
        "in read-only mode only what reads investigation data runs, the server's machine by a switch",
        arguments: [
            ("SELECT client_id FROM clients() LIMIT 1", true, true),
            ("SELECT * FROM info()", false, true),
            ("SELECT Name FROM orgs()", false, true),
            ("SELECT label(client_id='C.9a790a92c7d142d6', labels='x', op='set') AS l FROM scope()", false, false),
            ("SELECT * FROM query(query='SELECT * FROM execve(argv=[0])')", false, false),
            ("LET q = 'SELECT * FROM ' + 'info()' SELECT * FROM query(query=q)", false, false),
            ("SELECT * FROM nosuchplugin()", false, false),
            ("LET f(x) = x + 1 SELECT f(x=1) AS N FROM scope()", true, true),
            ("LET q(id) = SELECT client_id FROM clients(client_id=id) SELECT * FROM q(id='C.1')", true, true),
            ("SELECT * FROM upload_transactions(client_id='C.1', flow_id='F.1')", false, false),
            ("SELECT Artifact FROM flows(client_id='C.9a790a92c7d142d6') GROUP BY Artifact", true, true),
        ]
    )
    func readOnly(query: String, runs: Bool, runsWithSwitch: Bool) async throws {
        for (serverReads, expected) in [(false, runs), (true, runsWithSwitch)] {
            do {
                _ = try await run(query, changes: true, readOnly: true, serverReads: serverReads)
                #expect(expected, "\(query)")
            } catch let error as MegaraptorError {
                #expect(!expected, "\(query): \(error)")
                #expect(error.code == .permissionDenied)
                #expect(error.message.hasPrefix("This server is read-only"))
            }
        }
    }

    @Test("a query that changes something says so, is asked about, and runs once agreed")
    func changes() async throws {
        let query = "SELECT label(client_id='C.9a790a92c7d142d6', labels='gate', op='set') AS l FROM scope()"
        let thrown = await #expect(throws: MegaraptorError.self) { try await run(query) }
        #expect(thrown?.code == .failedPrecondition)
        #expect(thrown?.message.contains("label()") == true)
        #expect(thrown?.hint.contains("changes: true") == true)

        let asked = Mutex("")
        let refused = await #expect(throws: MegaraptorError.self) {
            try await run(query, changes: true) { (question) throws(MegaraptorError) in
                asked.withLock { $0 = question }
                throw MegaraptorError(.permissionDenied, "The user did not agree. Nothing has been done.")
            }
        }
        #expect(refused?.code == .permissionDenied)
        #expect(asked.withLock { $0 }.contains("label()"))
        #expect(asked.withLock { $0 }.contains(query))
        let labels = "SELECT labels FROM clients(client_id='C.9a790a92c7d142d6')"
        #expect(try await !run(labels).json().contains("gate"))

        _ = try await run(query, changes: true)
        #expect(try await run(labels).json().contains("gate"))
    }

    @Test("an artifact that runs on the server is looked into, with the server's own definition")
    func artifacts() async throws {
        let definition = """
            name: Custom.Acts
            type: SERVER
            sources:
            - query: SELECT rm(filename='/tmp/x') FROM scope()
            """
        let set = "SELECT artifact_set(definition=D) FROM scope()"
        let client = try #require(InLaboratory.lab).client()
        var request = RunVQL.Request(query: set, environment: ["D": .string(definition)])
        request.changes = true
        _ = try await RunVQL(client: client)(request)
        let thrown = await #expect(throws: MegaraptorError.self) {
            try await run("SELECT * FROM Artifact.Custom.Acts()", readOnly: true)
        }
        #expect(thrown?.message.contains("rm() deletes") == true, "\(thrown?.message ?? "")")
    }

    @Test("a syntax error shows its place in the query, and nothing is sent")
    func syntax() async throws {
        let thrown = await #expect(throws: MegaraptorError.self) {
            try await run("SELECT *\nFROM clients();")
        }
        #expect(thrown?.code == .invalidArgument)
        #expect(thrown?.message.contains("line 2, column 15") == true, "\(thrown?.message ?? "")")
        #expect(thrown?.message.hasSuffix("FROM clients();\n              ^\n") == true)
    }
}
