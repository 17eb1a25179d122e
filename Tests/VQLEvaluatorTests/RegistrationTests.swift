// SPDX-License-Identifier: Apache-2.0

import JSONValue
import Testing
import VQL
import VQLEvaluator

@Suite("Registered functions and plugins")
struct RegistrationTests {
    private static let engine: QueryEngine = {
        var registry = SymbolRegistry.withBuiltins
        registry.add(
            FunctionDefinition(
                "greet",
                arguments: .exactly([
                    ArgumentSpecification("name", .string, isRequired: true),
                    ArgumentSpecification("times", .integer),
                    ArgumentSpecification("tags", .string, isRepeated: true),
                ])
            ) { call in
                let tags = call.arguments.texts("tags").joined(separator: "+")
                return .text("\(call.arguments.text("name") ?? "")\(call.arguments.integer("times") ?? 1)\(tags)")
            }
        )
        registry.add(
            PluginDefinition("clients", arguments: .fromTable) { call, emit in
                try emit(["search": call.arguments["search"] ?? .null])
                throw VQLFailure("the index is gone")
            }
        )
        return QueryEngine(registry: registry, environment: TestServer())
    }()

    @Test(
        "Arguments are checked in the server's order: required, unexpected, type",
        arguments: [
            ("greet()", "greet: Field name is required"),
            ("greet(nosuch=1)", "greet: Field name is required"),
            ("greet(name='a', nosuch=1)", "greet: Unexpected arg nosuch"),
            ("greet(name='a', times='x')", "greet: Field times should be an int not string."),
            ("greet(name='a', times=NULL)", "greet: Field times should be an int not types.Null."),
            ("greet(name=(1,2))", "greet: Field name should be a string not []types.Any."),
        ]
    )
    func wrongArguments(call: String, line: String) async throws {
        let outcome = try await Self.engine.outcome(of: "SELECT \(call) AS A FROM scope()")
        #expect(outcome.rows == [["A": nil]])
        #expect(outcome.lines == [line])
    }

    @Test(
        "Arguments are converted to what is declared",
        arguments: [
            ("greet(name=5)", "51"), ("greet(name=NULL)", "1"), ("greet(name=('a',))", "a1"),
            ("greet(name='a', times=2.9)", "a2"), ("greet(name='a', times=TRUE)", "a1"),
            ("greet(name='a', tags='x')", "a1x"), ("greet(name='a', tags=('x','y'))", "a1x+y"),
            ("greet(`**`=dict(name='b', times=3))", "b3"),
        ]
    )
    func conversions(call: String, text: String) async throws {
        let outcome = try await Self.engine.outcome(of: "SELECT \(call) AS A FROM scope()")
        #expect(outcome.rows == [["A": .string(text)]])
        #expect(outcome.lines == [])
    }

    @Test("A plugin that fails keeps the rows it gave, and the log has its name and reason")
    func failingPlugin() async throws {
        let outcome = try await Self.engine.outcome(of: "SELECT * FROM clients(search='host:x')")
        #expect(outcome.rows == [["search": "host:x"]])
        #expect(outcome.lines == ["clients: the index is gone"])
    }

    @Test("An unknown plugin gets the suggestions of the server")
    func suggestions() async throws {
        let outcome = try await Self.engine.outcome(of: "SELECT * FROM rang(end=1)")
        #expect(outcome.rows.isEmpty)
        #expect(outcome.lines.last == "ERROR:Plugin rang not found. Did you mean parse_ntfs_ranges range? ")
    }

    @Test("Several texts share one scope, and rows say which SELECT they belong to")
    func severalTexts() async throws {
        let session = Session(principal: "tester", permissions: [.anyQuery])
        let queries = ["LET x = 5 SELECT 1 AS A FROM scope()", "SELECT x AS A FROM scope() SELECT 2 AS A FROM scope()"]
        let sink = PositionSink()
        try await Self.engine.run(QueryRequest(queries: queries, session: session), into: sink)
        #expect(
            sink.events == [
                "begin 0.0", "row 0.0 1", "end 0.0", "begin 1.0", "row 1.0 5", "end 1.0", "begin 1.1", "row 1.1 2",
                "end 1.1",
            ]
        )
    }
}
