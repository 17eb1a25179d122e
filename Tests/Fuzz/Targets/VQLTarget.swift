// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import VQL

/// Query texts: what parses is judged, and prints to what parses again.
struct VQLTarget: FuzzTarget {
    let name = "vql"
    let seeds: [[UInt8]]
    let words = [
        "SELECT ", " FROM ", " WHERE ", "LET ", "x=>", "foreach(row=", "query={", "}", "dict(", "'''", "/*", "*/", "--",
        "EXPLAIN ", " GROUP BY ", " ORDER BY ", " LIMIT ", "eval(func='", "query(query='", "`a b`", "[::-1]", "if(",
        "artifacts=", "Artifact.Server.", " =~ ", "$", "@", "execve(", "read_file(", "<<", "{{", "env=dict(",
    ]

    init() {
        let cases = Repository.lines("Tests/Recorded/vql-cases.jsonl").compactMap { line -> [UInt8]? in
            (try? JSONValue(json: line))?["vql"]?.stringValue.map { Array($0.utf8) }
        }
        let known = [
            "SELECT * FROM info()", "LET X(a) = a + 1 SELECT X(a=2), { SELECT 1 FROM scope() } FROM clients()",
        ]
        seeds = known.map { Array($0.utf8) } + cases
    }

    func run(_ bytes: [UInt8]) throws {
        let text = String(decoding: bytes, as: UTF8.self)
        let program: Program
        do {
            program = try Program(parsing: text)
        } catch {
            guard !"\(error)".isEmpty else { throw BrokenPromise("an error without words") }
            return
        }
        _ = QueryAnalysis(of: program)
        let printed = program.description
        do {
            guard try Program(parsing: printed).description == printed else {
                throw BrokenPromise("printed twice it differs: \(printed)")
            }
        } catch let error as VQLSyntaxError {
            throw BrokenPromise("printed it does not parse (\(error)): \(printed)")
        }
    }
}
