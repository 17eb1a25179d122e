// SPDX-License-Identifier: Apache-2.0

import JSONValue
import Testing

@testable import VQL

@Suite("Judgements of the server's symbols")
struct JudgementTests {
    private let symbols = SymbolTable.Kind.allCases.flatMap(SymbolTable.entries)

    @Test("Every symbol has one")
    func complete() {
        #expect(symbols.count == 410)
        #expect(symbols.filter { !Judgement.isJudged($0) }.map(\.name) == [])
    }

    @Test("None is of a symbol that the table lacks")
    func noneTooMany() {
        let builtins = Set(SymbolTable.names(.function) + SymbolTable.names(.plugin))
        let judged = JudgementTable.builtins.keys.map { String($0.split(separator: ":").last ?? "") }
        #expect(judged.filter { !builtins.contains($0) } == [])
        #expect(JudgementTable.accessors.keys.filter { SymbolTable.entry($0, .accessor) == nil } == [])
    }

    @Test("None is judged twice")
    func once() {
        let lists = [
            JudgementTable.pureNames, JudgementTable.readingNames,
            [JudgementTable.serverLines, JudgementTable.changingLines, JudgementTable.opaqueLines].joined(
                separator: "\n"
            )
            .split(separator: "\n").map { $0.prefix { $0 != "|" } }.joined(separator: " ").replacing("@", with: ""),
        ]
        let names = lists.flatMap { $0.split { $0 == " " || $0 == "\n" } }
        #expect(Dictionary(grouping: names) { $0 }.filter { $0.value.count > 1 }.keys.sorted() == [])
    }

    @Test("What needs a right beyond reading results is not taken for a read of the investigation, but for these")
    func rights() {
        let harmless: Set<String> = ["READ_RESULTS"]
        let known: Set<String> = ["cache", "client_metadata", "get_flow", "notebooks", "query"]
        let suspects = symbols.filter { entry in
            Judgement.of(entry).verdict == .readsInvestigation
                && entry.permissions.contains { !harmless.contains($0.rawValue) }
        }
        #expect(Set(suspects.map(\.name)) == known)
    }

    @Test("A symbol that nobody judged cannot be told, or acts by its rights")
    func unjudged() {
        func entry(_ permissions: [String]) -> SymbolTable.Entry {
            SymbolTable.Entry(
                name: "new_thing",
                kind: .function,
                arguments: [],
                permissions: permissions.map(Permission.init),
                platforms: []
            )
        }
        #expect(Judgement.of(entry([])).verdict == .unknown)
        #expect(Judgement.of(entry(["READ_RESULTS"])).verdict == .unknown)
        #expect(Judgement.of(entry(["NEW_RIGHT"])).verdict == .unknown)
        #expect(Judgement.of(entry(["READ_RESULTS", "EXECVE"])).verdict == .changes)
    }

    @Test("Arguments that take code all have a rule, or the call does not read anyway")
    func lambdas() {
        for entry in symbols where Judgement.of(entry).verdict <= .readsServer {
            let ruled = Set((ArgumentEffect.rules[entry.name] ?? []).map(\.argument))
            #expect(Set(entry.arguments.filter { $0.kind == .lambda }.map(\.name)).subtracting(ruled) == [])
        }
        for (name, rules) in ArgumentEffect.rules {
            let entries = symbols.filter { $0.name == name && $0.kind != .accessor }
            let arguments = Set(entries.flatMap(\.arguments).map(\.name))
            #expect(rules.allSatisfy { arguments.contains($0.argument) }, "\(name)")
        }
    }

    @Test("Names near a wrong one are offered, the nearest first")
    func nearest() {
        #expect(SymbolTable.nearestNames(to: "clint_info", .function).first == "client_info")
        #expect(SymbolTable.nearestNames(to: "PSLIST", .plugin).first == "pslist")
        #expect(SymbolTable.nearestNames(to: "hunt_result", .plugin).first == "hunt_results")
        #expect(SymbolTable.nearestNames(to: "zzzzzzzz", .plugin) == [])
        #expect(SymbolTable.nearestNames(to: "x", .plugin) == [] && SymbolTable.nearestNames(to: "", .plugin) == [])
    }

    @Test("Every query that a server ran is analysed, and those of pure functions are harmless")
    func recorded() throws {
        var harmless = 0
        for item in try RecordedCase.all() where item.kind == .ok {
            let analysis = QueryAnalysis(of: try Program(parsing: item.query))
            let calls = analysis.reaches.filter { $0.kind != .code }
            let pure = JudgementTable.pureNames.split { $0 == " " || $0 == "\n" }.map(String.init)
            guard calls.allSatisfy({ pure.contains($0.name) && $0.kind == .function || $0.name == "scope" }),
                analysis.reaches.count == calls.count,
                !calls.contains(where: { $0.name == "scope" && $0.kind == .function })
            else { continue }
            #expect(analysis.verdict == .readsInvestigation, "\(item.query)")
            harmless += 1
        }
        #expect(harmless > 250)
    }
}
